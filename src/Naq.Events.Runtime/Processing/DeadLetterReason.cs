using Naq.Events.CompilerServices;
using Naq.Events.Serialization;

namespace Naq.Events.Processing;

/// <summary>Why a delivery becomes a dead letter.</summary>
internal sealed record DeadLetterReason(JobEventDeadLetterCause Cause, string Text)
{
    private const int ErrorMessageBytes = 4 * 1024;

    public string? Handler { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorFingerprint { get; init; }

    public static DeadLetterReason Malformed(string problem) => new(JobEventDeadLetterCause.Malformed, problem);

    public static DeadLetterReason NoOutcome(int deliveries) => new(
        JobEventDeadLetterCause.NoOutcome,
        $"None of {deliveries - 1} deliveries ended with an outcome: the process was killed, or stopped, with the event in hand.");

    public static DeadLetterReason HandlerFailed(HandlerFailure failure, int deliveries) => new(
        JobEventDeadLetterCause.HandlerFailed, $"Its handlers failed in all of {deliveries} deliveries.")
    {
        Handler = failure.Handler,
        ErrorType = JobEventText.ErrorType(failure.Exception),
        ErrorMessage = JobEventText.ErrorMessage(failure.Exception) is { } message ? TextLimit.Cut(message, ErrorMessageBytes) : null,
        ErrorFingerprint = JobEventText.ErrorFingerprint(failure.Exception),
    };
}
