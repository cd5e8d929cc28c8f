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

    public static DeadLetterReason Parked { get; } =
        new(JobEventDeadLetterCause.Parked, "It did not fail; it waits behind an earlier event of its job.");

    public static DeadLetterReason NoOutcome(int deliveries) => new(
        JobEventDeadLetterCause.NoOutcome,
        $"None of {deliveries - 1} deliveries ended with an outcome: the process was killed, or stopped, while the event was handled.");

    public static DeadLetterReason HandlerFailed(HandlerFailure failure, int attempts) => Of(
        failure,
        JobEventDeadLetterCause.HandlerFailed,
        failure.Exception is null
            ? $"{failure.Handler} asked for another try in the last of {attempts} deliveries."
            : $"{failure.Handler} failed in the last of {attempts} deliveries.");

    public static DeadLetterReason NeverRetried(HandlerFailure failure) => Of(
        failure,
        JobEventDeadLetterCause.HandlerFailed,
        $"{failure.Handler} failed with an exception that is never retried.");

    public static DeadLetterReason Rejected(HandlerFailure failure, string reason) =>
        Of(failure, JobEventDeadLetterCause.Rejected, reason);

    private static DeadLetterReason Of(HandlerFailure failure, JobEventDeadLetterCause cause, string text)
    {
        var reason = new DeadLetterReason(cause, text) { Handler = failure.Handler };
        if (failure.Exception is not { } exception)
            return reason;

        return reason with
        {
            ErrorType = JobEventText.ErrorType(exception),
            ErrorMessage = JobEventText.ErrorMessage(exception) is { } message ? TextLimit.Cut(message, ErrorMessageBytes) : null,
            ErrorFingerprint = JobEventText.ErrorFingerprint(exception),
        };
    }
}
