using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Naq.Events.Processing;

namespace Naq.Events.Diagnostics;

/// <summary>What a running processor has in hand, how far it is behind, and when it last got on.</summary>
internal sealed class ProcessorMeter : IDisposable
{
    private static readonly ConcurrentDictionary<ProcessorMeter, bool> Live = new();

    private readonly HeldDeliveries _held = new();
    private readonly TimeProvider _timeProvider;
    private readonly KeyValuePair<string, object?> _tag;
    private long _pending;
    private long _lastProgress;
    private long _lastAnswer;

    public ProcessorMeter(string? name, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _tag = new("processor", name ?? "(live)");
        _lastProgress = timeProvider.GetTimestamp();
        Live[this] = true;
    }

    /// <summary>What is in hand: handled, about to be, or waiting for its next try.</summary>
    public IReadOnlyList<JobEventDelivery> Held => _held.All();

    /// <summary>How far the processor is behind.</summary>
    public JobEventProcessorLag Lag
    {
        get
        {
            var held = _held.All();
            var (now, most) = (_timeProvider.GetUtcNow(), TimeSpan.Zero);
            foreach (var delivery in held)
            {
                if (now - delivery.Event!.Timestamp is var age && age > most)
                    most = age;
            }

            return new JobEventProcessorLag(held.Count + Volatile.Read(ref _pending), most);
        }
    }

    /// <summary>How many wait in the store to be delivered.</summary>
    public long Pending => Volatile.Read(ref _pending);

    /// <summary>How long ago an event came or was done with.</summary>
    public TimeSpan SinceProgress => _timeProvider.GetElapsedTime(Volatile.Read(ref _lastProgress));

    /// <summary>How long ago the store answered; <see langword="null"/> when it was never heard of that way.</summary>
    public TimeSpan? SinceAnswer =>
        Volatile.Read(ref _lastAnswer) is var answer && answer == 0 ? null : _timeProvider.GetElapsedTime(answer);

    /// <summary>How far the processors of this process are behind, in events.</summary>
    public static IEnumerable<Measurement<long>> LagInEvents()
    {
        foreach (var meter in Live.Keys)
            yield return new Measurement<long>(meter.Lag.Events, meter._tag);
    }

    /// <summary>How far the processors of this process are behind, in seconds.</summary>
    public static IEnumerable<Measurement<double>> LagInSeconds()
    {
        foreach (var meter in Live.Keys)
            yield return new Measurement<double>(meter.Lag.Time.TotalSeconds, meter._tag);
    }

    public void Take(JobEventDelivery delivery)
    {
        _held.Add(delivery);
        if (delivery.Pending is { } pending)
            Volatile.Write(ref _pending, pending);
    }

    public void Drop(JobEventDelivery delivery)
    {
        _held.Remove(delivery);
        Progress();
    }

    /// <summary>Notes that it gets on.</summary>
    public void Progress() => Volatile.Write(ref _lastProgress, _timeProvider.GetTimestamp());

    public void NotePending(long pending) => Volatile.Write(ref _pending, pending);

    public void NoteAnswer() => Volatile.Write(ref _lastAnswer, _timeProvider.GetTimestamp());

    public void Dispose() => Live.TryRemove(this, out _);
}
