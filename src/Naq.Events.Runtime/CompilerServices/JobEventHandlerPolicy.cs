namespace Naq.Events.CompilerServices;

/// <summary>What the attributes of a handler say about its time, its calls and its failures. What is <see langword="null"/> is as in the processor's options.</summary>
public sealed class JobEventHandlerPolicy
{
    /// <summary>The most tries of one event: <see cref="RetryAttribute.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The wait before the second try: <see cref="RetryAttribute.DelaySeconds"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The longest wait: <see cref="RetryAttribute.MaxDelaySeconds"/>.</summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <summary>How the wait grows: <see cref="RetryAttribute.Backoff"/>.</summary>
    public JobEventBackoff Backoff { get; init; }

    /// <summary>How long the handler may take: <see cref="HandlerTimeoutAttribute"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many calls of the handler may run at once: <see cref="HandlerConcurrencyAttribute"/>.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Whether an exception makes the event a dead letter at once: <see cref="NeverRetryAttribute"/>.</summary>
    public Func<Exception, bool>? NeverRetries { get; init; }

    /// <summary>Whether an exception means that the handler is done: <see cref="DropOnAttribute"/>.</summary>
    public Func<Exception, bool>? Drops { get; init; }
}
