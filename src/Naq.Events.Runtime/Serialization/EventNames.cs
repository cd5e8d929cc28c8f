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

    public static string TokenOf(JobEventType type) =>
        type > JobEventType.Custom && (int)type < Tokens.Length
            ? Tokens[(int)type]
            : throw new ArgumentOutOfRangeException(
                nameof(type), type, "Not a standard event type. An event of your own is made by its name: new JobEvent(jobId, \"my_event\").");

    /// <summary>The token as UTF-8, without allocating for a standard event.</summary>
    public static ReadOnlySpan<byte> Utf8Of(JobEventType type, string name) =>
        type == JobEventType.Custom ? Encoding.ASCII.GetBytes(name) : Utf8Tokens[(int)type];

    /// <summary>The type of a standard event; custom for any other name. A switch, which compiles to a comparison of the length and a few characters.</summary>
    public static JobEventType TypeOf(ReadOnlySpan<char> name) => name switch
    {
        "enqueued" => JobEventType.Enqueued,
        "dequeued" => JobEventType.Dequeued,
        "started" => JobEventType.Started,
        "completed" => JobEventType.Completed,
        "failed" => JobEventType.Failed,
        "cancelled" => JobEventType.Cancelled,
        "timeout" => JobEventType.Timeout,
        "retry_scheduled" => JobEventType.RetryScheduled,
        "retry_started" => JobEventType.RetryStarted,
        "max_retries_exceeded" => JobEventType.MaxRetriesExceeded,
        "dependency_satisfied" => JobEventType.DependencySatisfied,
        "dependency_failed" => JobEventType.DependencyFailed,
        "waiting_for_dependencies" => JobEventType.WaitingForDependencies,
        "scheduled" => JobEventType.Scheduled,
        "schedule_triggered" => JobEventType.ScheduleTriggered,
        "schedule_paused" => JobEventType.SchedulePaused,
        "schedule_resumed" => JobEventType.ScheduleResumed,
        "schedule_deactivated" => JobEventType.ScheduleDeactivated,
        "worker_assigned" => JobEventType.WorkerAssigned,
        "worker_released" => JobEventType.WorkerReleased,
        "queue_priority_changed" => JobEventType.QueuePriorityChanged,
        "queue_moved" => JobEventType.QueueMoved,
        "ttl_expired" => JobEventType.TtlExpired,
        "ttl_extended" => JobEventType.TtlExtended,
        _ => JobEventType.Custom,
    };

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
        type = TypeOf(token);
        return type == JobEventType.Custom ? token.ToString() : Tokens[(int)type];
    }
}
