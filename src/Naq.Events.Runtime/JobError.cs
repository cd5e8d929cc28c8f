namespace Naq.Events;

/// <summary>What an event says of an error.</summary>
/// <param name="Type">The error's type, such as <c>System.IO.IOException</c>.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Fingerprint">The hash by which failures are grouped.</param>
/// <param name="At">The timestamp of the event.</param>
public sealed record JobError(string? Type, string? Message, string? Fingerprint, DateTimeOffset At);
