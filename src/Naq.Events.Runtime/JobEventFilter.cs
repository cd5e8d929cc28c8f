using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>Which events are meant. What is not set does not narrow.</summary>
public sealed record JobEventFilter
{
    /// <summary>The value of <see cref="Service"/> that means every service.</summary>
    public const string AllServices = "*";

    /// <summary>The job's id.</summary>
    public string? JobId { get; init; }

    /// <summary>The wire tokens of the events; empty means all.</summary>
    /// <exception cref="ArgumentException">A name is not 1 to 64 of <c>a-z</c>, <c>0-9</c> and <c>_</c>.</exception>
    public IReadOnlyCollection<string> EventNames
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value.Select(JobEventRules.CheckedName).Distinct(StringComparer.Ordinal)];
        }
    } = [];

    /// <summary>The service; the store's own when <see langword="null"/>, every one when <see cref="AllServices"/>.</summary>
    public string? Service { get; init; }

    /// <summary>The events of one job.</summary>
    /// <param name="jobId">The job's id.</param>
    public static JobEventFilter ForJob(string jobId) => new() { JobId = jobId };

    /// <summary>The events of these standard types.</summary>
    /// <param name="types">The types.</param>
    public static JobEventFilter ForTypes(params IEnumerable<JobEventType> types) =>
        new() { EventNames = [.. types.Select(Serialization.EventNames.TokenOf)] };

    /// <summary>The events of these names.</summary>
    /// <param name="eventNames">The wire tokens.</param>
    public static JobEventFilter ForNames(params IEnumerable<string> eventNames) => new() { EventNames = [.. eventNames] };

    internal bool Matches(JobEvent jobEvent, string ownService) =>
        (JobId is null || JobId == jobEvent.JobId)
        && (EventNames.Count == 0 || EventNames.Contains(jobEvent.EventName))
        && (Service == AllServices || (Service ?? ownService) == jobEvent.Service);
}
