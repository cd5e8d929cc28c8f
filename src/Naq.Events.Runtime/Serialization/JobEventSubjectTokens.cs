namespace Naq.Events.Serialization;

/// <summary>The tokens of a subject after its prefix.</summary>
internal readonly ref struct JobEventSubjectTokens(
    ReadOnlySpan<char> environment, ReadOnlySpan<char> service, ReadOnlySpan<char> jobId, ReadOnlySpan<char> eventName)
{
    /// <summary>The environment.</summary>
    public ReadOnlySpan<char> Environment { get; } = environment;

    /// <summary>The service.</summary>
    public ReadOnlySpan<char> Service { get; } = service;

    /// <summary>The job's id, percent-encoded.</summary>
    public ReadOnlySpan<char> JobId { get; } = jobId;

    /// <summary>The event's wire token.</summary>
    public ReadOnlySpan<char> EventName { get; } = eventName;

    /// <summary>Whether the job's id, decoded, is this one.</summary>
    public bool IsOfJob(string id) => JobId.Contains('%')
        ? JobEventSubject.TryDecodeJobId(JobId, out var decoded) && decoded == id
        : JobId.SequenceEqual(id);
}
