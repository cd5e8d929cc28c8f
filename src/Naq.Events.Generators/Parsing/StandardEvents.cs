using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Parsing;

/// <summary>The members of <c>JobEventType</c>, by value. A test compares them with the runtime's.</summary>
internal static class StandardEvents
{
    private static readonly string[] Names =
    [
        "Custom", "Enqueued", "Dequeued", "Started", "Completed", "Failed", "Cancelled", "Timeout",
        "RetryScheduled", "RetryStarted", "MaxRetriesExceeded",
        "DependencySatisfied", "DependencyFailed", "WaitingForDependencies",
        "Scheduled", "ScheduleTriggered", "SchedulePaused", "ScheduleResumed", "ScheduleDeactivated",
        "WorkerAssigned", "WorkerReleased", "QueuePriorityChanged", "QueueMoved", "TtlExpired", "TtlExtended",
    ];

    private static readonly Dictionary<string, string> ByToken =
        Names.Skip(1).ToDictionary(name => SnakeCase.From(name), name => name, StringComparer.Ordinal);

    public static IEnumerable<string> Tokens => ByToken.Keys;

    /// <summary>The member with a value, or <see langword="null"/> for <c>Custom</c> and for what is no member.</summary>
    public static string? FromValue(int value) => value > 0 && value < Names.Length ? Names[value] : null;

    /// <summary>The member with a wire token, or <see langword="null"/> for an application's own event.</summary>
    public static string? FromToken(string token) => ByToken.TryGetValue(token, out var name) ? name : null;
}
