using System.Collections.Concurrent;
using Naq.Events;

namespace Quickstart;

/// <summary>
/// The handlers: they see events as they are stored, here those of this process, and could as well run in another one. Their
/// parameters are bound by name, to fields of the event and to its details. The progress and the final check look here.
/// </summary>
public sealed partial class LiveTotals
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _contents = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _completed;
    private long _failed;
    private long _givenUp;
    private long _bytes;
    private long _handled;
    private long _awaited = long.MaxValue;

    /// <summary>Jobs that completed.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>Attempts that failed.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Jobs that were given up.</summary>
    public long GivenUp => Volatile.Read(ref _givenUp);

    /// <summary>The bytes that were hashed.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many different contents the files have.</summary>
    public int Contents => _contents.Count;

    /// <summary>How many events of each name were handled.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    [OnJobEvent(JobEventType.Completed)]
    public void OnCompleted() => Interlocked.Increment(ref _completed);

    [OnJobEvent(JobEventType.Failed)]
    public void OnFailed() => Interlocked.Increment(ref _failed);

    [OnJobEvent(JobEventType.MaxRetriesExceeded)]
    public void OnGivenUp() => Interlocked.Increment(ref _givenUp);

    [OnJobEvent("file_hashed")]
    public void OnHashed(long sizeBytes, string sha256)
    {
        _ = Interlocked.Add(ref _bytes, sizeBytes);
        _ = _contents.TryAdd(sha256, true);
    }

    /// <summary>Every event, after the handlers above.</summary>
    [OnJobEvent]
    public void OnEvent(JobEvent jobEvent)
    {
        _ = _counts.AddOrUpdate(jobEvent.EventName, 1, static (_, count) => count + 1);
        if (Interlocked.Increment(ref _handled) >= Interlocked.Read(ref _awaited))
            _ = _reached.TrySetResult();
    }

    /// <summary>Waits until so many events have been handled, or the time is up.</summary>
    public async Task WaitForAsync(long events, TimeSpan timeout)
    {
        _ = Interlocked.Exchange(ref _awaited, events);
        if (Interlocked.Read(ref _handled) >= events)
            _ = _reached.TrySetResult();

        await _reached.Task.WaitAsync(timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
