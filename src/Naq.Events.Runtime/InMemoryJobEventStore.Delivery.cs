using System.Runtime.CompilerServices;
using Naq.Events.Processing;
using Naq.Events.Querying;
using Naq.Events.Storage;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore : IDeliveringStore, IDeadLetterStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryConsumer> _consumers = new(StringComparer.Ordinal);

    IAsyncEnumerable<JobEventDelivery> IDeliveringStore.DeliverAsync(DeliveryRequest request, CancellationToken cancellationToken) =>
        Consumer(request).DeliverAsync(request, Matches(request.Filter), cancellationToken);

    ValueTask IDeliveringStore.SkipToAsync(DeliveryRequest request, CancellationToken cancellationToken)
    {
        Paging.Check(request.Start.Cursor, _log.Id, "this store");
        Consumer(request).SkipTo(request.Start);
        return default;
    }

    async IAsyncEnumerable<JobEventDeadLetter> IDeadLetterStore.ReadDeadLettersAsync(
        string processor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var deadLetter in Consumer(processor)?.DeadLetters.All() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return deadLetter;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    ValueTask<long> IDeadLetterStore.CountDeadLettersAsync(string processor, CancellationToken cancellationToken) =>
        ValueTask.FromResult<long>(Consumer(processor)?.DeadLetters.All().Count ?? 0);

    ValueTask<JobEventDeadLetter?> IDeadLetterStore.GetDeadLetterAsync(
        string processor, ulong sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.DeadLetters.Find(sequence));

    ValueTask<bool> IDeadLetterStore.ReplayDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken)
    {
        var consumer = Consumer(processor);
        if (consumer?.DeadLetters.Remove(sequence)?.Event is not { } jobEvent)
            return ValueTask.FromResult(false);

        consumer.Replay(jobEvent);
        return ValueTask.FromResult(true);
    }

    ValueTask<bool> IDeadLetterStore.DiscardDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.DeadLetters.Remove(sequence) is not null);

    private MemoryConsumer Consumer(DeliveryRequest request)
    {
        lock (_lock)
        {
            if (!_consumers.TryGetValue(request.Name, out var consumer))
            {
                consumer = new MemoryConsumer(_log, request.Start, _timeProvider);
                _consumers.Add(request.Name, consumer);
            }

            return consumer;
        }
    }

    private MemoryConsumer? Consumer(string processor)
    {
        lock (_lock)
            return _consumers.GetValueOrDefault(processor);
    }
}
