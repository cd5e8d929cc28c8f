namespace Naq.Events.Jobs;

/// <summary>
/// Sums up what threads spend in a job: it follows the job from thread to thread, through every await and into tasks that it
/// starts. What a nested job spends is spent by the outer one too.
/// </summary>
internal sealed class JobMeter(JobMeter? outer)
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const double BytesPerMebibyte = 1024 * 1024;

    [ThreadStatic]
    private static JobMeter? _running;

    [ThreadStatic]
    private static long _cpuAtSwitch;

    [ThreadStatic]
    private static long _allocatedAtSwitch;

    private long _cpuNanoseconds;
    private long _allocatedBytes;

    /// <summary>From here on the current thread works for another job, or for none. It runs within a context switch: never throws.</summary>
    public static void SwitchTo(JobMeter? next)
    {
        var cpu = ThreadClock.Nanoseconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var meter = _running; meter is not null; meter = meter.Outer)
        {
            _ = Interlocked.Add(ref meter._cpuNanoseconds, cpu - _cpuAtSwitch);
            _ = Interlocked.Add(ref meter._allocatedBytes, allocated - _allocatedAtSwitch);
        }

        _running = next;
        _cpuAtSwitch = cpu;
        _allocatedAtSwitch = allocated;
    }

    /// <summary>What was spent until now; what other threads are in the middle of is not in it.</summary>
    public JobCost Stop(TimeSpan duration)
    {
        SwitchTo(_running);
        return new JobCost(
            duration.TotalMilliseconds,
            ThreadClock.IsSupported ? Interlocked.Read(ref _cpuNanoseconds) / NanosecondsPerMillisecond : null,
            Interlocked.Read(ref _allocatedBytes) / BytesPerMebibyte);
    }

    private JobMeter? Outer => outer;
}
