using Naq.Events.Serialization;

namespace Naq.Events.JetStream;

/// <summary>The subjects of one application's events.</summary>
/// <param name="prefix">The prefix.</param>
/// <param name="environment">The own environment.</param>
/// <param name="service">The own service.</param>
/// <param name="streamPerService">Whether the own service has a stream of its own.</param>
internal sealed class JobEventSubjects(string prefix, string environment, string service, bool streamPerService = false)
{
    public string Prefix => prefix;

    public string Environment => environment;

    public string Service => service;

    /// <summary>All that the stream holds.</summary>
    public string Stream => streamPerService ? $"{prefix}.*.{service}.*.*" : $"{prefix}.*.*.*.*";

    /// <summary>The prefix of what is kept beside the events, such as dead letters: what is beside each stream has its own subjects too.</summary>
    public string Beside => streamPerService ? $"{prefix}_{service}" : prefix;

    /// <summary>Whether a subject of a filter is all that the stream holds.</summary>
    public bool IsAll(string subject) => subject == $"{prefix}.>";

    /// <summary>Where the server republishes an event: <c>{prefix}.{environment}.all.{event_type}</c>.</summary>
    public string Republished => $"{prefix}.{{{{wildcard(1)}}}}.all.{{{{wildcard({(streamPerService ? 3 : 4)})}}}}";

    /// <summary>Where an event of the own service goes.</summary>
    public string OfEvent(JobEvent jobEvent) =>
        $"{prefix}.{environment}.{service}.{JobEventSubject.EncodeJobId(jobEvent.JobId)}.{jobEvent.EventName}";

    /// <summary>The job's token in the subject of an event; some part of any other.</summary>
    public static ReadOnlySpan<char> JobTokenOf(string subject)
    {
        var before = subject.AsSpan(0, Math.Max(subject.LastIndexOf('.'), 0));
        return before[(before.LastIndexOf('.') + 1)..];
    }

    /// <summary>The subjects of what a filter means; they do not overlap.</summary>
    /// <exception cref="ArgumentException">The filter's service, environment or job id is not valid, or its range of time is empty.</exception>
    public string[] Of(JobEventFilter? filter)
    {
        filter = (filter ?? JobEventFilter.All).Checked();
        var ofEnvironment = filter.Environment ?? environment;
        var ofService = filter.Service ?? service;
        var stem = $"{prefix}.{ofEnvironment}.{ofService}";
        if (filter.JobId is null && filter.EventNames.Count == 0)
        {
            return [(ofEnvironment, ofService) switch
            {
                (JobEventFilter.AllEnvironments, JobEventFilter.AllServices) => $"{prefix}.>",
                (_, JobEventFilter.AllServices) => $"{prefix}.{ofEnvironment}.>",
                _ => $"{stem}.>",
            }];
        }

        var job = filter.JobId is null ? "*" : JobEventSubject.EncodeJobId(filter.JobId);
        return filter.EventNames.Count == 0
            ? [$"{stem}.{job}.*"]
            : [.. filter.EventNames.Select(name => $"{stem}.{job}.{name}")];
    }
}
