using System.Runtime.CompilerServices;
using Naq.Events.Processing;
using Naq.Events.Querying;
using Naq.Events.Storage;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore : IDeliveringStore, IDeadLetterStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryConsumer> _consumers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _handled = new(StringComparer.Ordinal);

    IAsyncEnumerable<JobEventDelivery> IDeliveringStore.DeliverAsync(DeliveryRequest request, CancellationToken cancellationToken) =>
        Consumer(request).DeliverAsync(request, Matches(request.Filter), cancellationToken);

    IHandledRecords IDeliveringStore.OpenHandledRecords(DeliveryRequest request) => new MemoryHandledRecords(_handled, request, _timeProvider);

    ValueTask IDeliveringStore.SkipToAsync(DeliveryRequest request, CancellationToken cancellationToken)
    {
        Paging.Check(request.Start.Cursor, _log.Id, "this store");
        Consumer(request).SkipTo(request.Start);
        return default;
    }

    IParkedJobs IDeliveringStore.OpenParkedJobs(DeliveryRequest request) => Consumer(request).OpenParkedJobs(request);

    async IAsyncEnumerable<JobEventDeadLetter> IDeadLetterStore.ReadDeadLettersAsync(
        string processor, string? jobId, bool? parked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var deadLetter in Consumer(processor)?.DeadLetters.All(parked) ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return deadLetter;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    ValueTask<(long Failed, long Parked)> IDeadLetterStore.CountDeadLettersAsync(string processor, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.DeadLetters.Count ?? default);

    ValueTask<JobEventDeadLetter?> IDeadLetterStore.GetDeadLetterAsync(
        string processor, ulong sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.DeadLetters.Find(sequence));

    ValueTask<bool> IDeadLetterStore.ReplayDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.Replay(sequence) == true);

    ValueTask<bool> IDeadLetterStore.DiscardDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Consumer(processor)?.Discard(sequence) == true);

    /// <summary>Begins a session of a durable processor that is asked for its deliveries, rather than waiting for them.</summary>
    internal Func<JobEventDelivery?> OpenSession(DeliveryRequest request) => Consumer(request).OpenSession(request, Matches(request.Filter));

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
