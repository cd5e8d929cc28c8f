namespace Naq.Events.Serialization;

/// <summary>What the tokens of a subject say.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Service">The service.</param>
/// <param name="JobId">The job's id, decoded.</param>
/// <param name="EventName">The event's wire token.</param>
internal readonly record struct JobEventSubjectParts(string Environment, string Service, string JobId, string EventName);
