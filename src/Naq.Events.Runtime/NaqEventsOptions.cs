using Microsoft.Extensions.Options;
using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>Who logs, and under which subjects: <c>{SubjectPrefix}.{Environment}.{Service}.{job_id}.{event_type}</c>.</summary>
public sealed class NaqEventsOptions
{
    /// <summary>The deployment environment, such as <c>dev</c> or <c>prod</c>: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    [SubjectToken]
    public string Environment { get; set; } = "dev";

    /// <summary>
    /// The service that logs: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>. Not <c>all</c>, under which events are
    /// republished.
    /// </summary>
    [SubjectToken(Reserved = "all")]
    public string Service { get; set; } = "naq";

    /// <summary>The first tokens of every subject; <c>naq.events</c> by default.</summary>
    [SubjectToken(Several = true)]
    public string SubjectPrefix { get; set; } = "naq.events";

    /// <summary>How events are buffered and sent.</summary>
    [ValidateObjectMembers]
    public JobEventLoggerOptions Logger { get; set; } = new();
}
