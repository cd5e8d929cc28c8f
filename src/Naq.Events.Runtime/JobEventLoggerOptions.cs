using Microsoft.Extensions.Options;
using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>How events are buffered and sent. The names and defaults are bounds: an idle logger sends at once.</summary>
public sealed class JobEventLoggerOptions
{
    /// <summary>The most events sent together; 100 by default, 1 to 10,000.</summary>
    [NumberRange(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>
    /// The longest that an event waits for others to be sent together with it; 5 seconds by default. It waits only while an
    /// earlier batch is not yet acknowledged.
    /// </summary>
    [DurationRange("00:00:00.001", "01:00:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most events that are buffered or sent and not yet acknowledged; 10,000 by default, 1 to 10,000,000.</summary>
    [NumberRange(1, 10_000_000)]
    public int MaxBufferSize { get; set; } = 10_000;

    /// <summary>
    /// The most bytes of events that are buffered or sent and not yet acknowledged; 64 MiB by default, 64 KiB and up. The buffer is full
    /// when it holds so many bytes, or <see cref="MaxBufferSize"/> events. An event larger than this has room in an empty buffer. No more than a
    /// quarter of the memory that the process may use is taken (of a container's limit, or the garbage collector's), which is logged.
    /// </summary>
    [NumberRange(64 * 1024, long.MaxValue)]
    public long MaxBufferBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// How often an event that the store refuses is sent again before it is given up and reported; 3 by default. While the store
    /// cannot be reached, events stay buffered and no attempt is counted.
    /// </summary>
    [NumberRange(0, 100)]
    public int RetryAttempts { get; set; } = 3;

    /// <summary>The wait before the first new attempt; 1 second by default. It doubles with each, with jitter.</summary>
    [DurationRange("00:00:00.001", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What happens to events when the buffer is full; the oldest is dropped by default.</summary>
    [OverflowPolicy]
    public JobEventOverflow Overflow { get; set; } = JobEventOverflow.DropOldest;

    /// <summary>
    /// Under <see cref="JobEventOverflow.Wait"/>, the longest that a log call blocks its thread for room before its event is dropped; 1
    /// second by default. <c>LogAsync</c> waits without a limit, and without a thread.
    /// </summary>
    [DurationRange("00:00:00", "01:00:00")]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Under <see cref="JobEventOverflow.Spool"/>, where and how events are kept on disk.</summary>
    [SpoolDirectory]
    [ValidateObjectMembers]
    public JobEventSpoolOptions Spool { get; set; } = new();

    /// <summary>How long host shutdown and dispose, together, wait for buffered events to be stored; 10 seconds by default.</summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long events may wait without one being acknowledged before <see cref="JobEventLoggerHealthCheck"/> says unhealthy; 30
    /// seconds by default.
    /// </summary>
    [DurationRange("00:00:01", "1.00:00:00")]
    public TimeSpan UnhealthyAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long <see cref="JobEventLoggerHealthCheck"/> says degraded after an event was lost; 5 minutes by default, zero for never.
    /// </summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan DegradedAfterLoss { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a log call throws when its data breaks a limit, instead of cutting or refusing. For tests; off by default.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>Whether members without a value are written too, as null or <c>{}</c>; off by default.</summary>
    public bool WriteAllMembers { get; set; }

    /// <summary>
    /// Called, off the logging thread where possible, with events that were dropped, refused or given up. It must not throw; what
    /// it throws is logged.
    /// </summary>
    public Action<JobEventLoss>? OnLoss { get; set; }
}
