using System.Collections.ObjectModel;
using System.Text.RegularExpressions;
using Naq.Events.Querying;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>
/// Which events are meant. What is not set does not narrow; what is set must all hold. Texts compare by their characters, case
/// counting.
/// </summary>
public sealed partial record JobEventFilter
{
    /// <summary>The value of <see cref="Service"/> that means every service.</summary>
    public const string AllServices = "*";

    /// <summary>The value of <see cref="Environment"/> that means every environment.</summary>
    public const string AllEnvironments = "*";

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

    /// <summary>The environment; the store's own when <see langword="null"/>, every one when <see cref="AllEnvironments"/>.</summary>
    public string? Environment { get; init; }

    /// <summary>The worker's id.</summary>
    public string? WorkerId { get; init; }

    /// <summary>The queue's name.</summary>
    public string? QueueName { get; init; }

    /// <summary>The error's type, such as <c>System.IO.IOException</c>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The hash by which failures are grouped.</summary>
    public string? ErrorFingerprint { get; init; }

    /// <summary>The id that ties together everything done for one request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Tags that an event must have, with these values.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = new Dictionary<string, string>(value, StringComparer.Ordinal).AsReadOnly();
        }
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>A text that the message contains, whatever its case.</summary>
    public string? MessageContains { get; init; }

    /// <summary>The earliest timestamp, included.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest timestamp, excluded.</summary>
    public DateTimeOffset? Until { get; init; }

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

    /// <inheritdoc/>
    public bool Equals(JobEventFilter? other) =>
        other is not null
        && JobId == other.JobId
        && EventNames.ToHashSet(StringComparer.Ordinal).SetEquals(other.EventNames)
        && Service == other.Service
        && Environment == other.Environment
        && WorkerId == other.WorkerId
        && QueueName == other.QueueName
        && ErrorType == other.ErrorType
        && ErrorFingerprint == other.ErrorFingerprint
        && CorrelationId == other.CorrelationId
        && TagSet.AreEqual(Tags, other.Tags)
        && MessageContains == other.MessageContains
        && Since == other.Since
        && Until == other.Until;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(JobId, EventNames.Count, Service, Environment, WorkerId, QueueName, Since, Until);

    /// <summary>The filter in the form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => FilterText.Write(this);

    /// <summary>Whether an event is meant.</summary>
    internal bool Matches(JobEvent jobEvent, string ownEnvironment, string ownService) =>
        (JobId is null || JobId == jobEvent.JobId)
        && (EventNames.Count == 0 || EventNames.Contains(jobEvent.EventName))
        && (Service == AllServices || (Service ?? ownService) == jobEvent.Service)
        && (Environment == AllEnvironments || (Environment ?? ownEnvironment) == jobEvent.Environment)
        && MatchesContent(jobEvent);

    /// <summary>Throws when a part is not valid, or could be taken for a wildcard, or parts do not go together.</summary>
    /// <exception cref="ArgumentException">The message says which.</exception>
    internal JobEventFilter Checked()
    {
        if (JobId is not null)
            _ = JobEventRules.CheckedJobId(JobId);

        CheckToken(Service, "a service", nameof(AllServices));
        CheckToken(Environment, "an environment", nameof(AllEnvironments));
        return Since is { } since && Until is { } until && since >= until
            ? throw new ArgumentException(
                $"The filter's range of time is empty: Since ({since:O}) is not before Until ({until:O}), which is excluded. Swap the two, or leave one out.")
            : this;
    }

    /// <summary>Whether an event is meant, as far as its subject does not tell.</summary>
    internal bool MatchesContent(JobEvent jobEvent) =>
        Same(WorkerId, jobEvent.WorkerId)
        && Same(QueueName, jobEvent.QueueName)
        && Same(ErrorType, jobEvent.ErrorType)
        && Same(ErrorFingerprint, jobEvent.ErrorFingerprint)
        && Same(CorrelationId, jobEvent.CorrelationId)
        && !(jobEvent.Timestamp < Since)
        && !(jobEvent.Timestamp >= Until)
        && TagSet.Contains(jobEvent.Tags, Tags)
        && (MessageContains is null || jobEvent.Message?.Contains(MessageContains, StringComparison.OrdinalIgnoreCase) == true);

    private static bool Same(string? wanted, string? actual) => wanted is null || wanted == actual;

    private static void CheckToken(string? name, string what, string all)
    {
        if (name is not (null or "*") && !TokenPattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is not {what}: use 1 to 64 letters, digits, '_' or '-', or JobEventFilter.{all}.", nameof(name));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();
}
