using System.Runtime.CompilerServices;
using Naq.Events.JetStream;
using Naq.Events.Processing;

namespace Naq.Events;

public sealed partial class JetStreamEventStore : IDeliveringStore
{
    IAsyncEnumerable<JobEventDelivery> IDeliveringStore.DeliverAsync(DeliveryRequest request, CancellationToken cancellationToken)
    {
        var subjects = _subjects.Of(request.Filter);
        var watched = request with
        {
            OnLost = lost =>
            {
                _ = Lost($"The processor '{request.Name}'", lost);
                request.OnLost?.Invoke(lost);
            },
        };
        return DeliverAsync(request, ReaderAsync, cancellationToken);

        async ValueTask<DurableReader> ReaderAsync(CancellationToken token)
        {
            var session = await SessionAsync(token).ConfigureAwait(false);
            var consumer = new DurableConsumer(session.Consumers, watched, subjects, _logger);
            return new DurableReader(
                session.Consumers,
                consumer,
                request,
                _readRetry,
                _subjects.Prefix,
                DeadLetters(session, request.StopsAtDeadLetters),
                Notes(session, request, session.Consumers.Stream),
                _logger);
        }
    }

    IParkedJobs IDeliveringStore.OpenParkedJobs(DeliveryRequest request) => new JetStreamParkedJobs(
        async token => DeadLetters(await SessionAsync(token).ConfigureAwait(false), request.StopsAtDeadLetters),
        request.Name,
        followsDeadLetters: request.StopsAtDeadLetters,
        _logger);

    IHandledRecords IDeliveringStore.OpenHandledRecords(DeliveryRequest request) => new JetStreamHandledRecords(SessionAsync, _options, request);

    IAsyncEnumerable<JobEventDelivery> IDeliveringStore.DeliverReplaysAsync(DeliveryRequest request, CancellationToken cancellationToken)
    {
        var replays = request with { Start = JobEventStart.Beginning, Share = null };
        return DeliverAsync(replays, ReaderAsync, cancellationToken);

        async ValueTask<DurableReader> ReaderAsync(CancellationToken token)
        {
            var session = await SessionAsync(token).ConfigureAwait(false);
            var deadLetters = DeadLetters(session, request.StopsAtDeadLetters);
            await deadLetters.EnsureReplayAsync(token).ConfigureAwait(false);
            var consumers = new Consumers(session.Api, deadLetters.Replay, _logger);
            var prefix = deadLetters.ReplayPrefix(request.Name);
            var consumer = new DurableConsumer(consumers, replays, [$"{prefix}.>"], _logger, ofWorkQueue: true);
            var notes = Notes(session, replays, deadLetters.Replay);
            return new DurableReader(consumers, consumer, replays, _readRetry, prefix, deadLetters, notes, _logger);
        }
    }

    async ValueTask IDeliveringStore.SkipToAsync(DeliveryRequest request, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await new DurableConsumer(session.Consumers, request, _subjects.Of(request.Filter), _logger).MoveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explain(exception, $"The position of the processor '{request.Name}' cannot be set") is { } failure)
        {
            throw failure;
        }
    }

    private DeliveryNotes Notes(JetStreamSession session, DeliveryRequest request, string stream) =>
        DeliveryNotes.Of(new ProcessorNotes(session.Api, _options, _subjects.Beside, request.Place), stream, _logger);

    private async IAsyncEnumerable<JobEventDelivery> DeliverAsync(
        DeliveryRequest request,
        Func<CancellationToken, ValueTask<DurableReader>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var starting = _liveStarts.Begin();
        var purpose = $"Events cannot be delivered to '{request.Name}' from the stream '{_options.StreamName}'";
        DurableReader reader;
        try
        {
            reader = await open(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            yield break;
        }
        catch (Exception exception) when (Explain(exception, purpose) is { } failure)
        {
            throw failure;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var enumerator = reader.ReadAsync(starting.Dispose, either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var ending = enumerator.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                    break;
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (Explain(exception, purpose) is { } failure)
            {
                throw failure;
            }

            yield return enumerator.Current;
        }
    }
}
