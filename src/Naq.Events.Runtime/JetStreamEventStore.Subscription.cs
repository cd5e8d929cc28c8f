using System.Runtime.CompilerServices;
using Naq.Events.Diagnostics;
using Naq.Events.JetStream;
using Naq.Events.Querying;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    /// <inheritdoc/>
    /// <remarks>
    /// It goes on over reconnects and restarts of the server, with no gap and no repetition. From <see cref="JobEventStart.New"/>
    /// it sees every event that this process appends or logs after the first call of <c>MoveNextAsync</c>, awaited or not.
    /// </remarks>
    public IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter? filter = null, JobEventSubscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        Spans(filter)
            ? SubscribeServicesAsync(filter.Checked(), options ?? new JobEventSubscriptionOptions(), cancellationToken)
            : SubscribeAsync(filter ?? JobEventFilter.All, _subjects.Of(filter), options ?? new JobEventSubscriptionOptions(), cancellationToken);

    /// <inheritdoc/>
    /// <remarks><inheritdoc cref="SubscribeAsync(JobEventFilter?, JobEventSubscriptionOptions?, CancellationToken)" path="/remarks/node()"/></remarks>
    public IAsyncEnumerable<JobEvent> StreamAsync(
        JobEventFilter? filter = null, JobEventStart start = default, CancellationToken cancellationToken = default) =>
        SubscribeAsync(filter, new JobEventSubscriptionOptions { Start = start }, cancellationToken).EventsAsync(onLost: null, cancellationToken);

    private async IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter filter, string[] subjects, JobEventSubscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var starting = _liveStarts.Begin();
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var read = new LiveRead(subjects, options)
        {
            Deserializer = JobEventPayload.DeserializerOf(new PayloadFilter(filter)),
            OnStarted = starting.Dispose,
        };
        var steps = new LiveReader(session.Consumers, _readRetry, _subjects.Prefix, _logger).ReadAsync(read, either.Token);
        await foreach (var step in ExplainedAsync(steps, cancellationToken).ConfigureAwait(false))
        {
            switch (step.Kind)
            {
                case LiveStepKind.Message when step.Message.Event is { } jobEvent:
                    yield return new JobEventReceived(jobEvent, step.Pending, step.Cursor);
                    break;
                case LiveStepKind.Message:
                    Skip(step.Message);
                    break;
                case LiveStepKind.CaughtUp:
                    yield return new JobEventsCaughtUp(step.Cursor);
                    break;
                case LiveStepKind.FellBehind:
                    yield return new JobEventsFellBehind(step.Pending, step.Cursor);
                    break;
                case LiveStepKind.Lost:
                    yield return Lost("A stream", new JobEventsLost(step.Lost.From, step.Lost.To, step.Cursor));
                    break;
            }
        }
    }

    /// <summary>Tells of a loss in the log, the metrics and the health.</summary>
    private JobEventsLost Lost(string reader, JobEventsLost lost)
    {
        JobEventMetrics.AddMissed(JobEventMetrics.ReceiveTags(_options.StreamName), lost.From, lost.To);
        _losses.Note(reader, lost.From, lost.To);
        JetStreamLog.EventsLost(_logger, reader, _options.StreamName, lost.Count, lost.From, lost.To);
        return lost;
    }
}
