namespace Naq.Events;

/// <summary>Why an event became a dead letter.</summary>
public enum JobEventDeadLetterCause
{
    /// <summary>
    /// A handler failed in the last of <see cref="JobEventProcessorOptions.MaxDeliver"/> deliveries, or of those that its
    /// <see cref="RetryAttribute"/> gives it, or with an exception that is never retried.
    /// </summary>
    HandlerFailed,

    /// <summary>The message is not an event; it became a dead letter in its first delivery.</summary>
    Malformed,

    /// <summary>
    /// The handlers had begun with the last of <see cref="JobEventProcessorOptions.MaxDeliver"/> tries, and nobody told what came of it:
    /// the process was killed meanwhile. It was not given to a handler once more.
    /// </summary>
    NoOutcome,

    /// <summary>A handler did not want it: <see cref="JobEventContext.DeadLetter"/>.</summary>
    Rejected,

    /// <summary>
    /// It did not fail: it waits behind a dead letter of its job, as <see cref="JobEventProcessorOptions.OnDeadLetter"/> says, and is
    /// handled after that was replayed or discarded.
    /// </summary>
    Parked,
}
