using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Naq.Events;

/// <summary>Who logs, and under which subjects: <c>{SubjectPrefix}.{Environment}.{Service}.{job_id}.{event_type}</c>.</summary>
public sealed class NaqEventsOptions
{
    internal const string TokenPattern = "^[A-Za-z0-9_-]{1,64}$";

    /// <summary>The deployment environment, such as <c>dev</c> or <c>prod</c>: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    [Required]
    [RegularExpression(
        TokenPattern,
        ErrorMessage = "Environment '{0}' is not valid: use 1 to 64 letters, digits, '_' or '-', such as \"prod\"; it becomes one token of a NATS subject.")]
    public string Environment { get; set; } = "dev";

    /// <summary>
    /// The service that logs: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>. Not <c>all</c>, under which events are
    /// republished.
    /// </summary>
    [Required]
    public string Service { get; set; } = "naq";

    /// <summary>The first tokens of every subject; <c>naq.events</c> by default.</summary>
    [Required]
    public string SubjectPrefix { get; set; } = "naq.events";

    /// <summary>How events are buffered and sent.</summary>
    [ValidateObjectMembers]
    public JobEventLoggerOptions Logger { get; set; } = new();
}
