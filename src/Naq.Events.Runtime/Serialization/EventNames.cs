using System.Collections.Frozen;
using System.Text;

namespace Naq.Events.Serialization;

/// <summary>The wire tokens of the standard events.</summary>
internal static class EventNames
{
    // Indexed by JobEventType; Custom has no token of its own.
    private static readonly string[] Tokens =
    [
        "",
        "enqueued", "dequeued", "started", "completed", "failed", "cancelled", "timeout",
        "retry_scheduled", "retry_started", "max_retries_exceeded",
        "dependency_satisfied", "dependency_failed", "waiting_for_dependencies",
        "scheduled", "schedule_triggered", "schedule_paused", "schedule_resumed", "schedule_deactivated",
        "worker_assigned", "worker_released",
        "queue_priority_changed", "queue_moved",
        "ttl_expired", "ttl_extended",
    ];

    private static readonly byte[][] Utf8Tokens = [.. Tokens.Select(Encoding.ASCII.GetBytes)];

    private static readonly FrozenDictionary<string, JobEventType> Types = Tokens
        .Select((token, index) => KeyValuePair.Create(token, (JobEventType)index))
        .Skip(1)
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, JobEventType>.AlternateLookup<ReadOnlySpan<char>> TypesBySpan =
        Types.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string TokenOf(JobEventType type) =>
        type > JobEventType.Custom && (int)type < Tokens.Length
            ? Tokens[(int)type]
            : throw new ArgumentOutOfRangeException(
                nameof(type), type, "Not a standard event type. An event of your own is made by its name: new JobEvent(jobId, \"my_event\").");

    /// <summary>The token as UTF-8, without allocating for a standard event.</summary>
    public static ReadOnlySpan<byte> Utf8Of(JobEventType type, string name) =>
        type == JobEventType.Custom ? Encoding.ASCII.GetBytes(name) : Utf8Tokens[(int)type];

    public static JobEventType TypeOf(string name) => Types.GetValueOrDefault(name, JobEventType.Custom);

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > JobEventLimits.EventNameCharacters)
            return false;

        foreach (var character in name)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
                return false;
        }

        return true;
    }

    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > JobEventLimits.EventNameCharacters)
            return false;

        foreach (var character in name)
        {
            if (character is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_'))
                return false;
        }

        return true;
    }

    /// <summary>The token as a string, without allocating for a standard event.</summary>
    public static string Intern(ReadOnlySpan<byte> name, out JobEventType type)
    {
        Span<char> characters = stackalloc char[JobEventLimits.EventNameCharacters];
        for (var i = 0; i < name.Length; i++)
            characters[i] = (char)name[i];

        var token = characters[..name.Length];
        if (TypesBySpan.TryGetValue(token, out type))
            return Tokens[(int)type];

        type = JobEventType.Custom;
        return token.ToString();
    }
}
