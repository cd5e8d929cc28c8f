using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Naq.Events.Logging;

/// <summary>Publishes to any store through <see cref="IJobEventStore.AppendAsync"/>: the embedded one, or a user's own.</summary>
internal sealed class StorePublisher : IJobEventPublisher
{
    private readonly IJobEventStore _store;
    private readonly ILogger _log;
    private readonly Retry _retry;

    public StorePublisher(IJobEventStore store, JobEventLoggerOptions options, ILogger log, TimeProvider timeProvider)
    {
        _store = store;
        _log = log;
        _retry = Backoff.Attempts(options.RetryAttempts, options.RetryDelay, timeProvider, (exception, delay) =>
            LoggingLog.StoreRefused(log, exception.Message, delay.TotalSeconds));
    }

    public int MaxEventBytes => JobEventLimits.EventBytes;

    public async ValueTask PublishAsync(
        ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
    {
        var decoded = new List<JobEvent>(events.Length);
        var taken = Decode(events.Span, decoded, outcomes);
        if (taken.Count == 0)
            return;

        string? refusal = null;
        try
        {
            await _retry.ExecuteAsync(token => AppendAsync(decoded, token), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store throws, these events are refused: they are reported, and the next ones are tried.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            refusal = exception.Message;
        }

        if (refusal is null)
        {
            outcomes.Stored(CollectionsMarshal.AsSpan(taken));
            return;
        }

        foreach (var bufferedEvent in taken)
            outcomes.Rejected(bufferedEvent, refusal);
    }

    public ValueTask DisposeAsync() => default;

    private static List<BufferedEvent> Decode(ReadOnlySpan<BufferedEvent> events, List<JobEvent> decoded, IPublishOutcomes outcomes)
    {
        var taken = new List<BufferedEvent>(events.Length);
        foreach (var bufferedEvent in events)
        {
            // A value of the application's own may have formatted itself as what is not UTF-8.
            if (!JobEvent.TryParse(bufferedEvent.Payload.Span, out var jobEvent, out var problem))
            {
                outcomes.Rejected(bufferedEvent, $"What the log call wrote is not an event: {problem}");
                continue;
            }

            taken.Add(bufferedEvent);
            decoded.Add(jobEvent with { Id = bufferedEvent.Id, TraceParent = bufferedEvent.TraceParent });
        }

        return taken;
    }

    // A store that blocks its thread, or does not heed its token, is left behind when the logger ends.
    private async ValueTask AppendAsync(IReadOnlyList<JobEvent> decoded, CancellationToken cancellationToken)
    {
        var append = Task.Run(() => _store.AppendAsync(decoded, cancellationToken).AsTask(), CancellationToken.None);
        await append.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (append.IsCompleted)
        {
            await append.ConfigureAwait(false);
            return;
        }

        _ = append.ContinueWith(
            static (late, state) => LoggingLog.LateAppendFailed((ILogger)state!, late.Exception!),
            _log,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
