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

    /// <summary>
    /// Names of members whose values are logged as <c>***</c>, at any depth, where no declaration names them: in
    /// <see cref="System.Text.Json.JsonElement"/>, in dictionaries, in what a serializer context of the application's own writes, and
    /// in details and metadata that are set by hand. A <c>*</c> stands for any text; case, <c>_</c> and <c>-</c> do not count, so
    /// that <c>*api_key*</c> is <c>X-Api-Key</c> too. A <see langword="null"/> stays.
    /// </summary>
    /// <remarks>
    /// The defaults are for passwords, secrets, tokens, keys, connection strings, credentials and the HTTP headers that carry them.
    /// Add names of your own; <c>Clear</c> switches it off. Parameters and members of payload types have
    /// <see cref="RedactAttribute"/> and <see cref="HashAttribute"/>.
    /// </remarks>
    [KeyPatternList]
    public IList<string> RedactedKeys { get; } = new List<string>
    {
        "*password*", "*passwd*", "*pwd", "*passphrase*", "*secret*", "*token", "*api_key*", "*access_key*", "*private_key*",
        "*connection_string*", "*credential*", "*authorization", "*cookie",
    };

    /// <summary>How events are buffered and sent.</summary>
    [ValidateObjectMembers]
    public JobEventLoggerOptions Logger { get; set; } = new();
}
