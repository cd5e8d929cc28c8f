using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>Handles one event after the other, of whichever job has one ready.</summary>
internal sealed class LaneWorker(LaneContext context, CancellationToken stopping) : IDisposable
{
    private readonly HandlerRun _run = new(context.Policy, context.Log, context.TimeProvider, stopping, context.Handled);

    /// <summary>Runs the handlers of an event, and tells the store what became of it. It does not throw.</summary>
    /// <param name="delivery">The event.</param>
    /// <param name="permits">The calls of limited handlers that are counted for it; <see langword="null"/> where limits do not matter.</param>
    /// <returns>How long the event stays in hand until its next try; <see langword="null"/> when it does not.</returns>
    public ValueTask<TimeSpan?> HandleAsync(JobEventDelivery delivery, HandlerPermits? permits = null)
    {
        var isLast = context.IsLastTry(delivery);
        return isLast || context.ParkedJobs is { AreNone: false } ? HandleIfWantedAsync(delivery, permits, isLast) : RunAsync(delivery, permits);
    }

    public void Dispose() => _run.Dispose();

    /// <summary>Leaves an event that has to wait to the store. It does not throw.</summary>
    public async ValueTask<bool> TryWaitElsewhereAsync(JobEventDelivery delivery, TimeSpan delay)
    {
        try
        {
            delivery.IsLeft = true;
            if (!await delivery.WaitElsewhereAsync(delay, delivery.Attempt - 1, CancellationToken.None).ConfigureAwait(false))
            {
                delivery.IsLeft = false;
                return false;
            }

            context.ParkedJobs?.Note(delivery.Event!.JobId);
            return true;
        }
#pragma warning disable CA1031 // The store did not hear: the event waits in hand, and takes up room.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            delivery.IsLeft = false;
            ProcessingLog.OutcomeNotTold(context.Log, exception, delivery.Event!.Id, delivery.Sequence);
            return false;
        }
    }

    private async ValueTask<TimeSpan?> HandleIfWantedAsync(JobEventDelivery delivery, HandlerPermits? permits, bool isLast)
    {
        var (isWanted, wait) = await IsWantedAsync(delivery, isLast).ConfigureAwait(false);
        return isWanted ? await RunAsync(delivery, permits).ConfigureAwait(false) : wait;
    }

    private async ValueTask<TimeSpan?> RunAsync(JobEventDelivery delivery, HandlerPermits? permits)
    {
        var jobEvent = delivery.Event!;
        delivery.Begin();
        _run.Begin(delivery.Attempt, context.Completed.Of(delivery), permits);
        var handled = new HandlerDelivery(jobEvent, context.Services, context.Options.Name, delivery.Attempt, delivery.FirstSeen);
        for (var i = 0; i < context.Dispatchers.Count; i++)
        {
            // By index: the enumerator of an interface would be an object for each event.
            var dispatcher = context.Dispatchers[i];
            _run.BeginRegistration(i);
            try
            {
                await dispatcher.DispatchAsync(handled, _run).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A handler class that cannot be constructed fails the event as a handler that throws does.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _run.Fail(dispatcher.Name, exception);
                ProcessingLog.HandlerFailed(
                    context.Log, exception, dispatcher.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
            }
        }

        if (stopping.IsCancellationRequested && _run.Verdict.Failed)
            return null;

        try
        {
            return await SettleAsync(delivery, jobEvent).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The store did not hear: it delivers the event again, which is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.OutcomeNotTold(context.Log, exception, jobEvent.Id, jobEvent.Sequence);
            if (!_run.Verdict.Failed)
                context.Completed.Remember(delivery, _run.Completed);

            // Later events of the job must not pass a dead letter that is not stored yet.
            return context.Options.OnDeadLetter == JobEventDeadLetterOrder.ParkJob && _run.Verdict.DeadLetter is not null ? context.Options.RetryDelay : null;
        }
    }

    /// <summary>Whether the handlers are to have it: not one that is given up on sight, nor one that has to wait behind a dead letter.</summary>
    private async ValueTask<(bool IsWanted, TimeSpan? Wait)> IsWantedAsync(JobEventDelivery delivery, bool isLast)
    {
        try
        {
            DeadLetterReason reason;
            if (!delivery.IsReplay && context.ParkedJobs is { } parked
                && await parked.IsParkedAsync(delivery.Event!.JobId, stopping).ConfigureAwait(false))
            {
                reason = DeadLetterReason.Parked;
            }
            else if (isLast && !await delivery.TryBeginLastAsync(context.MostTries(delivery.Event!), stopping).ConfigureAwait(false))
            {
                reason = DeadLetterReason.NoOutcome(delivery.Attempt);
            }
            else
            {
                return (true, null);
            }

            await context.GiveUp(delivery, reason, CancellationToken.None).ConfigureAwait(false);
            return (false, await NextAsync(delivery).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (false, null);
        }
#pragma warning disable CA1031 // Whether it may be handled is not known, or the store did not hear: it stays in hand, and is looked at again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.OutcomeNotTold(context.Log, exception, delivery.Event!.Id, delivery.Sequence);
            return (false, context.Options.RetryDelay);
        }
    }

    private async ValueTask<TimeSpan?> SettleAsync(JobEventDelivery delivery, JobEvent jobEvent)
    {
        var verdict = _run.Verdict;
        context.OnVerdict?.Invoke(delivery, verdict);
        if (!verdict.Failed)
        {
            JobEventMetrics.Handled.Add(1);
            await delivery.AcknowledgeAsync(CancellationToken.None).ConfigureAwait(false);
            return await NextAsync(delivery).ConfigureAwait(false);
        }

        if (!context.Policy.IsDurable)
        {
            ProcessingLog.EventLeftBehind(context.Log, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        }
        else if (verdict.DeadLetter is { } reason)
        {
            await context.GiveUp(delivery, reason, CancellationToken.None).ConfigureAwait(false);
            return await NextAsync(delivery).ConfigureAwait(false);
        }
        else
        {
            context.Completed.Remember(delivery, _run.Completed);
            if (context.WaitsInHand || delivery.WaitsInHand)
            {
                delivery.TryAgain();
                return verdict.RetryDelay;
            }

            delivery.IsLeft = true;

            // The server keeps a list of those that it delays, and goes through it again and again.
            if (context.Delayed.TryAdd(verdict.RetryDelay)
                || !await delivery.WaitElsewhereAsync(verdict.RetryDelay, delivery.Attempt, CancellationToken.None).ConfigureAwait(false))
            {
                await delivery.RetryAsync(verdict.RetryDelay, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>What is to follow an event, as those that are parked do, goes on in its place, once it is this lane's turn again.</summary>
    private static async ValueTask<TimeSpan?> NextAsync(JobEventDelivery delivery) =>
        await delivery.MoveNextAsync(CancellationToken.None).ConfigureAwait(false) ? TimeSpan.Zero : null;
}
