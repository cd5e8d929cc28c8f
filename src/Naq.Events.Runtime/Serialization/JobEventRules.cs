using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;

namespace Naq.Events.Serialization;

/// <summary>What a <see cref="JobEvent"/> checks and normalizes as it is made.</summary>
internal static class JobEventRules
{
    /// <summary>Says what is wrong with a job id, or nothing.</summary>
    public static string? ProblemWithJobId(string? jobId)
    {
        if (string.IsNullOrEmpty(jobId))
            return "The job id is empty. An event belongs to a job: give its id, 1 to 256 characters.";

        if (jobId.Length > JobEventLimits.JobIdCharacters)
            return $"The job id has {jobId.Length} characters; the limit is {JobEventLimits.JobIdCharacters}.";

        var lone = JsonText.IndexOfLoneSurrogate(jobId);
        return lone < 0
            ? null
            : $"The job id is not valid Unicode: at character {lone} stands half a surrogate pair, which cannot be stored.";
    }

    public static string CheckedJobId(string jobId) =>
        ProblemWithJobId(jobId) is { } problem ? throw new ArgumentException(problem, nameof(jobId)) : jobId;

    public static string CheckedName(string eventName) => EventNames.IsValid(eventName)
        ? eventName
        : throw new ArgumentException(
            $"'{eventName}' is not an event name. A name is 1 to 64 of a-z, 0-9 and '_', such as payment_captured.", nameof(eventName));

    public static DateTimeOffset CheckedTimestamp(DateTimeOffset timestamp) => timestamp >= DateTimeOffset.UnixEpoch
        ? timestamp
        : throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "An event's timestamp is from 1970 to 9999.");

    public static string? Text(string? text) =>
        string.IsNullOrEmpty(text) ? null : JsonText.ReplaceLoneSurrogates(text, out _);

    public static string? Text(string? text, int limit, [CallerMemberName] string name = "")
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return TextLimit.Fits(text, limit)
            ? JsonText.ReplaceLoneSurrogates(text, out _)
            : throw new ArgumentException(
                $"{name} has {Encoding.UTF8.GetByteCount(text)} bytes of UTF-8; the limit is {limit}. A log call would cut it.", name);
    }

    public static double? Metric(double? value, [CallerMemberName] string name = "") => value is null || double.IsFinite(value.Value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number: JSON has no other.");

    public static int? AttemptNumber(int? attempt) => attempt is null or >= 1
        ? attempt
        : throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Attempts are counted from 1.");

    public static IReadOnlyDictionary<string, string>? Tags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null or { Count: 0 })
            return null;

        if (tags is FrozenDictionary<string, string>)
            return tags;

        var copy = new Dictionary<string, string>(tags.Count, StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            // A null in tags drops that tag, on the wire and here.
            if (value is not null)
                copy[JsonText.ReplaceLoneSurrogates(name, out _)] = JsonText.ReplaceLoneSurrogates(value, out _);
        }

        return copy.Count == 0 ? null : copy.AsReadOnly();
    }
}
