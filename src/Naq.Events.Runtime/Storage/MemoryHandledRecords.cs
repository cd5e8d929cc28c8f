using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>Records of handled events, in memory.</summary>
internal sealed class MemoryHandledRecords(Dictionary<string, DateTimeOffset> records, DeliveryRequest request, TimeProvider timeProvider) : IHandledRecords
{
    private const int FirstClearing = 1_024;
    private int _clearAt = FirstClearing;

    public ValueTask<bool> HasAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken)
    {
        lock (records)
        {
            return ValueTask.FromResult(
                records.TryGetValue(HandledKey.Of(request.Name, jobEvent, handler), out var until) && until > timeProvider.GetUtcNow());
        }
    }

    public ValueTask AddAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken)
    {
        lock (records)
        {
            var now = timeProvider.GetUtcNow();
            records[HandledKey.Of(request.Name, jobEvent, handler)] = now + request.IdempotencyWindow!.Value;
            if (records.Count >= _clearAt)
            {
                foreach (var (key, until) in records)
                {
                    if (until <= now)
                        _ = records.Remove(key);
                }

                _clearAt = Math.Max(FirstClearing, records.Count * 2);
            }
        }

        return default;
    }
}
