using Microsoft.Extensions.Logging;

namespace Naq.Events.Logging;

/// <summary>Publishes to any store through <see cref="IJobEventStore.AppendAsync"/>: the embedded one, or a user's own.</summary>
internal sealed class StorePublisher(IJobEventStore store, JobEventLoggerOptions options, ILogger log, TimeProvider timeProvider)
    : IJobEventPublisher
{
    public int MaxEventBytes => JobEventLimits.EventBytes;

    public async ValueTask PublishAsync(
        ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
    {
        var decoded = new JobEvent[events.Length];
        for (var i = 0; i < decoded.Length; i++)
        {
            var bufferedEvent = events.Span[i];
            decoded[i] = JobEvent.Parse(bufferedEvent.Payload.Span) with
            {
                Id = bufferedEvent.Id,
                TraceParent = bufferedEvent.TraceParent,
            };
        }

        var retry = Backoff.Attempts(options.RetryAttempts, options.RetryDelay, timeProvider, (exception, delay) =>
            LoggingLog.StoreRefused(log, decoded.Length, exception?.Message ?? "", delay.TotalSeconds));

        string? refusal = null;
        try
        {
            await retry.ExecuteAsync(
                static (state, token) => state.store.AppendAsync(state.decoded, token), (store, decoded), cancellationToken)
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store throws, these events are refused: they are reported, and the next ones are tried.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            refusal = exception.Message;
        }

        foreach (var bufferedEvent in events.Span)
        {
            if (refusal is null)
                outcomes.Stored(bufferedEvent);
            else
                outcomes.Rejected(bufferedEvent, refusal);
        }
    }

    public ValueTask DisposeAsync() => default;
}
