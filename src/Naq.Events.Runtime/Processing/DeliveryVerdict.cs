using Naq.Events.CompilerServices;

namespace Naq.Events.Processing;

/// <summary>
/// What the handlers of an event make of it together: a dead letter goes before another try, and of two waits the longer counts.
/// </summary>
internal sealed class DeliveryVerdict(FailurePolicy policy)
{
    private int _attempt;
    private List<HandlerFailure>? _failures;

    /// <summary>Whether a handler is not done with the event.</summary>
    public bool Failed { get; private set; }

    /// <summary>Why the event is to be a dead letter; <see langword="null"/> when it is not.</summary>
    public DeadLetterReason? DeadLetter { get; private set; }

    /// <summary>How long the event waits for its next try.</summary>
    public TimeSpan RetryDelay { get; private set; }

    /// <summary>The handlers that are not done, in their order.</summary>
    public IReadOnlyList<HandlerFailure> Failures => _failures ?? [];

    public void Begin(int attempt)
    {
        _failures?.Clear();
        _attempt = attempt;
        Failed = false;
        DeadLetter = null;
        RetryDelay = TimeSpan.Zero;
    }

    /// <summary>Counts a handler that is not done.</summary>
    /// <param name="failure">The handler, and what it threw.</param>
    /// <param name="handler">What its attributes say.</param>
    /// <param name="context">What it asked for.</param>
    public void Add(HandlerFailure failure, JobEventHandlerPolicy? handler, JobEventContext? context)
    {
        Failed = true;
        (_failures ??= []).Add(failure);
        if (context?.Rejection is { } rejection)
            DeadLetter ??= DeadLetterReason.Rejected(failure, rejection);
        else if (failure.Exception is { } exception && policy.NeverRetries(handler, exception))
            DeadLetter ??= DeadLetterReason.NeverRetried(failure);
        else if (_attempt >= policy.MaxAttempts(handler))
            DeadLetter ??= DeadLetterReason.HandlerFailed(failure, _attempt);
        else if ((context?.RetryDelay ?? policy.Delay(handler, _attempt)) is var delay && delay > RetryDelay)
            RetryDelay = delay;
    }
}
