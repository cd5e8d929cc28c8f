using System.Diagnostics;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>When each event was sent, and how long it took to arrive.</summary>
internal sealed class ArrivalTimes(int count)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly long[] _sent = new long[count];
    private readonly double[] _milliseconds = new double[count];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;
    private volatile bool _isWarm;

    /// <summary>Completes with the last arrival.</summary>
    public Task All => _all.Task;

    /// <summary>Sends one that does not count until it has arrived.</summary>
    public async Task WarmUpAsync(Func<ValueTask> send)
    {
        await send().ConfigureAwait(false);
        while (!_isWarm)
            await Task.Delay(Poll).ConfigureAwait(false);
    }

    public void Sent(int i) => Volatile.Write(ref _sent[i], Stopwatch.GetTimestamp());

    public void Arrived(int i)
    {
        if (!_isWarm)
        {
            _isWarm = true;
            return;
        }

        _milliseconds[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref _sent[i])).TotalMilliseconds;
        if (Interlocked.Decrement(ref _left) == 0)
            _all.SetResult();
    }

    public double Percentile99()
    {
        Array.Sort(_milliseconds);
        return _milliseconds[(int)(_milliseconds.Length * 0.99)];
    }
}
