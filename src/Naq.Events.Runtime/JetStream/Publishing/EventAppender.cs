using System.Text;
using Naq.Events.Logging;
using Naq.Events.Serialization;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Stores events for callers that wait, over a publisher that all of them share.</summary>
internal sealed class EventAppender(
    Func<IJobEventPublisher> createPublisher, JobEventSubjects subjects, TimeSpan timeout, TimeProvider timeProvider) : IAsyncDisposable
{
    // One caller at a time hands over its events; they wait for the answers side by side.
    private readonly SemaphoreSlim _handingOver = new(1);
    private IJobEventPublisher? _publisher;

    /// <exception cref="ArgumentException">An event breaks a limit; nothing is sent.</exception>
    /// <exception cref="JobEventAppendException">An event was refused, or the server went silent.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, int maxEventBytes, CancellationToken cancellationToken)
    {
        var buffered = Write(jobEvents, maxEventBytes);
        var outcomes = new AppendOutcomes(buffered);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publisher = await GetPublisherAsync(cancellationToken).ConfigureAwait(false);
        var handingOver = HandOverAsync(publisher, buffered, outcomes, silence.Token);
        try
        {
            await WaitAsync(outcomes, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What this publisher still holds would be sent some time, long after the caller has been told that it was not.
            await DropAsync(publisher).ConfigureAwait(false);
            var unknown = outcomes.Failures();
            throw new JobEventAppendException(
                $"The NATS server went silent: {buffered.Length - unknown.Count} of {buffered.Length} events are known to be stored, the others may be. Store "
                + "them again when it is back: an event is stored once, by its id.",
                unknown);
        }
        finally
        {
            await silence.CancelAsync().ConfigureAwait(false);
            await handingOver.ConfigureAwait(false);
        }

        if (outcomes.Failures() is { Count: > 0 } failures)
        {
            var (index, id, reason) = failures[0];
            throw new JobEventAppendException(
                $"The event {id} ({Encoding.ASCII.GetString(buffered[index].Subject.Span)}) was not stored: {reason}. Of the "
                + $"{buffered.Length} events, {buffered.Length - failures.Count} are stored; Failures names the others.",
                failures);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _publisher, null) is { } publisher)
            await publisher.DisposeAsync().ConfigureAwait(false);

        _handingOver.Dispose();
    }

    private async ValueTask<IJobEventPublisher> GetPublisherAsync(CancellationToken cancellationToken)
    {
        await _handingOver.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _publisher ??= createPublisher();
        }
        finally
        {
            _ = _handingOver.Release();
        }
    }

    private async Task HandOverAsync(
        IJobEventPublisher publisher, BufferedEvent[] events, AppendOutcomes outcomes, CancellationToken cancellationToken)
    {
        try
        {
            await _handingOver.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await publisher.PublishAsync(events, outcomes, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _ = _handingOver.Release();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The caller was told, or gave up.
        }
    }

    /// <summary>Waits until every event has its outcome, as long as outcomes keep coming.</summary>
    private async ValueTask WaitAsync(AppendOutcomes outcomes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var open = outcomes.Open;
            try
            {
                await outcomes.Completed.WaitAsync(timeout, timeProvider, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException) when (outcomes.Open < open)
            {
                // Slow, but it goes on.
            }
        }
    }

    private async ValueTask DropAsync(IJobEventPublisher publisher)
    {
        _ = Interlocked.CompareExchange(ref _publisher, null, publisher);
        await publisher.DisposeAsync().ConfigureAwait(false);
    }

    private BufferedEvent[] Write(IReadOnlyList<JobEvent> jobEvents, int maxEventBytes)
    {
        var options = new WireOptions { Strict = true, MaxEventBytes = maxEventBytes };
        var buffered = new BufferedEvent[jobEvents.Count];
        for (var i = 0; i < buffered.Length; i++)
        {
            buffered[i] = Write(jobEvents[i], options);
            buffered[i].Order = i;
        }

        return buffered;
    }

    private BufferedEvent Write(JobEvent jobEvent, WireOptions options)
    {
        var writer = jobEvent.BeginWrite(options);
        try
        {
            writer.Complete();
            return new BufferedEvent
            {
                Id = jobEvent.Id == Guid.Empty ? EventId.Create(jobEvent.Timestamp) : jobEvent.Id,
                TraceParent = jobEvent.TraceParent,
                Subject = Encoding.ASCII.GetBytes(subjects.OfEvent(jobEvent)),
                Payload = writer.Json.ToArray(),
            };
        }
        finally
        {
            writer.Dispose();
        }
    }
}
