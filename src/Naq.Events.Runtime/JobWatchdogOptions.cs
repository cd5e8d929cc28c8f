using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>When a watchdog takes a job for stalled.</summary>
public sealed class JobWatchdogOptions
{
    /// <summary>
    /// How many heartbeats in a row may be missing; 3 by default. Their interval is the run's own,
    /// <see cref="JobRunOptions.HeartbeatInterval"/>.
    /// </summary>
    [NumberRange(2, 1_000)]
    public int MissedHeartbeats { get; set; } = 3;

    /// <summary>The shortest silence that counts, however short the interval is; 5 seconds by default.</summary>
    [DurationRange("00:00:00.1", "1.00:00:00")]
    public TimeSpan ShortestSilence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time between two looks at the jobs; 5 seconds by default.</summary>
    [DurationRange("00:00:00.05", "01:00:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the active watchdog may not be heard of until another takes over; 30 seconds by default, at least three times
    /// <see cref="CheckInterval"/>. One that is stopped hands over at once.
    /// </summary>
    [DurationRange("00:00:00.2", "01:00:00")]
    public TimeSpan TakeOverAfter { get; set; } = TimeSpan.FromSeconds(30);
}
