namespace Naq.Events;

/// <summary>Which dead letters are meant. What is not set does not narrow; what is set must all hold.</summary>
public sealed record JobEventDeadLetterFilter
{
    /// <summary>The handler that failed, such as <c>OrderHandlers.OnFailed</c>.</summary>
    public string? Handler { get; init; }

    /// <summary>The type of the handler's error.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The hash by which failures of handlers are grouped.</summary>
    public string? ErrorFingerprint { get; init; }

    /// <summary>The job's id.</summary>
    public string? JobId { get; init; }

    /// <summary>Why it became a dead letter.</summary>
    public JobEventDeadLetterCause? Cause { get; init; }

    internal bool Matches(JobEventDeadLetter deadLetter) =>
        Same(Handler, deadLetter.Handler)
        && Same(ErrorType, deadLetter.ErrorType)
        && Same(ErrorFingerprint, deadLetter.ErrorFingerprint)
        && Same(JobId, deadLetter.Event?.JobId)
        && (Cause is null || Cause == deadLetter.Cause);

    private static bool Same(string? wanted, string? actual) => wanted is null || wanted == actual;
}
