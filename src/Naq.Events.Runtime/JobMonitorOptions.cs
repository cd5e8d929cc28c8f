namespace Naq.Events;

/// <summary>How a job is followed.</summary>
public sealed record JobMonitorOptions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>
    /// The service whose events are followed; the store's own when <see langword="null"/>, the default, every one when
    /// <see cref="JobEventFilter.AllServices"/>: for a job that one service enqueues and another runs.
    /// </summary>
    public string? Service { get; init; }

    /// <summary>
    /// How long a job that failed or timed out is followed on, since the plan of a retry may come a moment later; 5 seconds by default,
    /// zero to one day. A job whose retries are exhausted, and one that completed, was cancelled or expired, is at its end at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan RetryGrace
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(RetryGrace));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestWait, nameof(RetryGrace));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}
