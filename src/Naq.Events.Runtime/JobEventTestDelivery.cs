namespace Naq.Events;

/// <summary>One try of an event in a <see cref="JobEventTestHarness"/>.</summary>
public sealed record JobEventTestDelivery
{
    internal JobEventTestDelivery(JobEvent jobEvent, int attempt, DateTimeOffset at) => (Event, Attempt, At) = (jobEvent, attempt, at);

    /// <summary>The event.</summary>
    public JobEvent Event { get; }

    /// <summary>Which try this was, from 1.</summary>
    public int Attempt { get; }

    /// <summary>When it ended, by the harness's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What became of the event.</summary>
    public JobEventTestOutcome Outcome { get; internal init; }

    /// <summary>How long it waits for its next try; zero unless it is <see cref="JobEventTestOutcome.Retried"/>.</summary>
    public TimeSpan RetryDelay { get; internal init; }

    /// <summary>Why it was given up; <see langword="null"/> unless it is <see cref="JobEventTestOutcome.DeadLettered"/>.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The handlers that were not done with it, in their order.</summary>
    public IReadOnlyList<JobEventTestFailure> Failures { get; internal init; } = [];
}
