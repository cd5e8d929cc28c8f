namespace Naq.Events;

/// <summary>
/// Declares a job event. Put it on a <c>static partial</c> method: the generator writes the body. A method that returns
/// <see cref="JobEvent"/> makes an event; one whose first parameter is <see cref="IJobEventLogger"/> logs it, and returns
/// <see langword="void"/> (never waits) or <see cref="ValueTask"/> (waits for room in the buffer).
/// </summary>
/// <remarks>
/// Parameters named after a field of the event (<c>jobId</c>, <c>workerId</c>, <c>durationMs</c>, ...) fill that field; an
/// <see cref="Exception"/> fills the error fields; the others become details, named in snake_case. Attributes on the parameter
/// say otherwise: <see cref="JobEventFieldAttribute"/>, <see cref="JobEventDetailAttribute"/>, <see cref="JobEventTagAttribute"/>,
/// <see cref="JobEventMetadataAttribute"/>. A <c>params ReadOnlySpan&lt;(string Name, string Value)&gt;</c> holds tags.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class JobEventAttribute : Attribute
{
    /// <summary>Declares an event of a standard type.</summary>
    /// <param name="type">The type; not <see cref="JobEventType.Custom"/>, which needs a name.</param>
    /// <param name="message">The message template; see <see cref="Message"/>.</param>
    public JobEventAttribute(JobEventType type, string? message = null)
    {
        Type = type;
        Message = message;
    }

    /// <summary>Declares an event of the application's own.</summary>
    /// <param name="name">The event's wire token: 1 to 64 of <c>a-z</c>, <c>0-9</c> and <c>_</c>.</param>
    /// <param name="message">The message template; see <see cref="Message"/>.</param>
    public JobEventAttribute(string name, string? message = null)
    {
        Name = name;
        Message = message;
    }

    /// <summary>The standard type, or <see cref="JobEventType.Custom"/> when the event is declared by name.</summary>
    public JobEventType Type { get; }

    /// <summary>The event's name when it is declared by name.</summary>
    public string? Name { get; }

    /// <summary>
    /// The message template. <c>{parameter}</c> stands for a parameter's value, <c>{parameter:F2}</c> formats it (always with
    /// the invariant culture), <c>{{</c> and <c>}}</c> are literal braces.
    /// </summary>
    public string? Message { get; }
}
