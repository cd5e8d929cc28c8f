using Microsoft.Extensions.Logging;
using Naq.Events.CompilerServices;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>
/// Runs the handlers of one lane, one at a time, each within its time. A handler that fails is logged and remembered; the next
/// one runs all the same.
/// </summary>
internal sealed class HandlerRun(FailurePolicy policy, ILogger log, TimeProvider timeProvider, CancellationToken stopping) : IDisposable
{
    private readonly List<HandlerKey> _completed = [];
    private IReadOnlySet<HandlerKey>? _completedBefore;
    private int _registration;
    private HandlerCall _call;
    private CancellationTokenSource _timer = new(Timeout.InfiniteTimeSpan, timeProvider);
    private CancellationTokenRegistration _stop;

    /// <summary>What the handlers that ran since <see cref="Begin"/> make of the event.</summary>
    public DeliveryVerdict Verdict { get; } = new(policy);

    /// <summary>The handlers that are done with the event, in this delivery or before.</summary>
    public IReadOnlySet<HandlerKey> Completed => new HashSet<HandlerKey>(_completed.Concat(_completedBefore ?? new HashSet<HandlerKey>()));

    /// <summary>Begins a delivery.</summary>
    /// <param name="attempt">Which try of the event it is, from 1.</param>
    /// <param name="completed">The handlers that are done with the event; they do not run again.</param>
    public void Begin(int attempt = 1, IReadOnlySet<HandlerKey>? completed = null)
    {
        Verdict.Begin(attempt);
        _completed.Clear();
        _completedBefore = completed;
    }

    /// <summary>Begins a handler class.</summary>
    public void BeginRegistration(int registration) => _registration = registration;

    /// <summary>Counts the failure of a handler class that cannot be had.</summary>
    public void Fail(string handlerClass, Exception exception)
    {
        Verdict.Add(new HandlerFailure(handlerClass, exception), handler: null, context: null);
        JobEventMetrics.HandlerFailures.Add(1);
    }

    /// <summary>Runs a handler that is for the event, unless it is done with it.</summary>
    public ValueTask RunAsync<THandlers>(
        JobEventHandler<THandlers> handler, THandlers handlers, in HandlerDelivery delivery, IServiceProvider services)
    {
        if (handler.Filter is { } passes && !passes(delivery.Event))
            return default;

        if (_completedBefore?.Contains(new HandlerKey(_registration, handler)) == true)
            return default;

        // A handler may keep its context, so no call can have that of another: it is made for those only that ask for it.
        var context = handler.NeedsContext ? new JobEventContext(services, delivery) : null;
        _call = new HandlerCall(handler, handler.Name, handler.Policy, delivery.Event, context);
        context?.Begin(_timer);
        _timer.CancelAfter(policy.Timeout(handler.Policy));
        _stop = stopping.UnsafeRegister(static timer => ((CancellationTokenSource)timer!).Cancel(), _timer);
        try
        {
            var call = handler.Invocation(handlers, delivery.Event, context!, _timer.Token);
            if (!call.IsCompletedSuccessfully)
                return FinishAsync(call.AsTask());

            End(exception: null);
        }
#pragma warning disable CA1031 // Handlers are the user's: whatever they throw is logged with its event, and counts as a failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(exception);
        }

        return default;
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask FinishAsync(Task call)
    {
        try
        {
            await WithinTimeAsync(call).ConfigureAwait(false);
            End(exception: null);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(exception);
        }
    }

    private void End(Exception? exception)
    {
        var context = _call.Context;
        context?.End();
        if (exception is not null)
            Fail(exception);
        else if (context is { RetryDelay: not null } or { Rejection: not null })
            Verdict.Add(new HandlerFailure(_call.Name, Exception: null), _call.Policy, context);
        else
            Complete();

        Reset();
    }

    private void Complete() => _completed.Add(new HandlerKey(_registration, _call.Handler));

    private void Fail(Exception exception)
    {
        var jobEvent = _call.Event;
        JobEventMetrics.HandlerFailures.Add(1);
        if (policy.Drops(_call.Policy, exception))
        {
            ProcessingLog.EventDropped(log, exception, _call.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
            Complete();
            return;
        }

        Verdict.Add(new HandlerFailure(_call.Name, exception), _call.Policy, _call.Context);
        if (exception is OperationCanceledException && _timer.IsCancellationRequested && !stopping.IsCancellationRequested)
            ProcessingLog.HandlerTimedOut(log, _call.Name, policy.Timeout(_call.Policy).TotalSeconds, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        else
            ProcessingLog.HandlerFailed(log, exception, _call.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
    }

    private void Reset()
    {
        _stop.Dispose();
        if (_timer.TryReset())
            return;

        _timer.Dispose();
        _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
    }

    // A handler that does not heed its token is left behind when its time is up, so that it cannot hold its lane for ever.
    private async Task WithinTimeAsync(Task call)
    {
        await call.WaitAsync(_timer.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompleted)
        {
            await call.ConfigureAwait(false);
            return;
        }

        _ = call.ContinueWith(
            static (late, state) => ProcessingLog.LateHandlerFailed((ILogger)state!, late.Exception!),
            log,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        throw new OperationCanceledException("The handler did not end within its time.", _timer.Token);
    }
}
