namespace Naq.Events;

/// <summary>
/// How often a handler of a durable processor is tried, and how long an event waits in between. On a class it holds for each of its
/// handlers that has none of its own. What it leaves out is as in <see cref="JobEventProcessorOptions"/>.
/// </summary>
/// <param name="maxAttempts">The most tries of one event, 1 to 1,000; in place of <see cref="JobEventProcessorOptions.MaxDeliver"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class RetryAttribute(int maxAttempts) : Attribute
{
    /// <summary>The most tries of one event, the first included.</summary>
    public int MaxAttempts { get; } = maxAttempts;

    /// <summary>
    /// The wait before the second try, in seconds, 0.001 to 86,400; <see cref="JobEventProcessorOptions.RetryDelay"/> by default.
    /// </summary>
    public double DelaySeconds { get; set; }

    /// <summary>The longest wait, in seconds, 0.001 to 86,400; 60 by default, or <see cref="DelaySeconds"/> if that is more.</summary>
    public double MaxDelaySeconds { get; set; }

    /// <summary>How the wait grows; it doubles by default.</summary>
    public JobEventBackoff Backoff { get; set; }
}
