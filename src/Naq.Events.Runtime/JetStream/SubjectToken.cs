namespace Naq.Events.JetStream;

/// <summary>The tokens of a subject after its prefix, by their place.</summary>
internal enum SubjectToken
{
    Environment,
    Service,
    JobId,
    EventName,
}
