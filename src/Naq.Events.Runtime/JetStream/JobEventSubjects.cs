using System.Text.RegularExpressions;
using Naq.Events.Serialization;

namespace Naq.Events.JetStream;

/// <summary>The subjects of one application's events, and the checks that keep a name from becoming a wildcard.</summary>
internal sealed partial class JobEventSubjects(string prefix, string environment, string service)
{
    public string Prefix => prefix;

    public string Environment => environment;

    public string Service => service;

    /// <summary>All that the stream holds.</summary>
    public string Stream => $"{prefix}.*.*.*.*";

    /// <summary>Where the server republishes an event: <c>{prefix}.{environment}.all.{event_type}</c>.</summary>
    public string Republished => $"{prefix}.{{{{wildcard(1)}}}}.all.{{{{wildcard(4)}}}}";

    /// <summary>Where an event of the own service goes.</summary>
    public string OfEvent(JobEvent jobEvent) =>
        $"{prefix}.{environment}.{service}.{JobEventSubject.EncodeJobId(jobEvent.JobId)}.{jobEvent.EventName}";

    /// <summary>One job's events, of the own service.</summary>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public string OfJob(string jobId) =>
        $"{prefix}.{environment}.{service}.{JobEventSubject.EncodeJobId(JobEventRules.CheckedJobId(jobId))}.*";

    /// <summary>The subjects of what a filter means; they do not overlap.</summary>
    /// <exception cref="ArgumentException">The filter's service or job id is not valid.</exception>
    public string[] Of(JobEventFilter? filter)
    {
        filter ??= new JobEventFilter();
        var stem = $"{prefix}.{environment}.{CheckedService(filter.Service ?? service)}";
        if (filter.JobId is null && filter.EventNames.Count == 0)
            return [filter.Service == JobEventFilter.AllServices ? $"{prefix}.{environment}.>" : $"{stem}.>"];

        var job = filter.JobId is null ? "*" : JobEventSubject.EncodeJobId(JobEventRules.CheckedJobId(filter.JobId));
        return filter.EventNames.Count == 0
            ? [$"{stem}.{job}.*"]
            : [.. filter.EventNames.Select(name => $"{stem}.{job}.{name}")];
    }

    private static string CheckedService(string name) => name == JobEventFilter.AllServices || TokenPattern().IsMatch(name)
        ? name
        : throw new ArgumentException(
            $"'{name}' is not a service: use 1 to 64 letters, digits, '_' or '-', or JobEventFilter.AllServices.", nameof(name));

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();
}
