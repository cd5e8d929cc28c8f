using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Naq.Events;

/// <summary>
/// What is known of a run of a job before it starts. Immutable, so that a worker keeps one and runs each job with a copy:
/// <c>options with { Attempt = 2 }</c>.
/// </summary>
public sealed record JobRunOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private static readonly string ThisProcess =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    /// <summary>The queue that the job was taken from; none by default.</summary>
    public string? QueueName { get; init; }

    /// <summary>The worker's id; the machine's name and the process's id by default, such as <c>web-3-4711</c>.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string WorkerId { get; init => field = NotEmpty(value); } = ThisProcess;

    /// <summary>The kind of worker; <c>in_process</c> by default.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string WorkerType { get; init => field = NotEmpty(value); } = "in_process";

    /// <summary>Which attempt at the job this is; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Attempt
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Attempts are counted from 1.");
    }

    = 1;

    /// <summary>
    /// How long the job may run; without a limit by default. When it is over, the token that the work was given is cancelled:
    /// work that does not look at its token goes on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above zero, or over 49 days.</exception>
    public TimeSpan? Timeout { get; init => field = Duration(value); }

    /// <summary>
    /// The id of the job that started this one; by default that of the scope around it, if there is one with another job.
    /// </summary>
    public string? ParentId { get; init; }

    /// <summary>The id of the first job of the chain; by default that of the scope around it.</summary>
    public string? RootId { get; init; }

    /// <summary>The id that ties together everything done for one request; by default that of the scope around it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Labels of the events that the scope logs; none by default.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What the application adds to the events that the scope logs; nothing by default.</summary>
    public JobEventFields Metadata { get; init; }

    /// <summary>
    /// The time between two <c>heartbeat</c> events, the first of which comes one interval after the start; 30 seconds by
    /// default. <see langword="null"/> means no heartbeats.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above zero, or over 49 days.</exception>
    public TimeSpan? HeartbeatInterval { get; init => field = Duration(value); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether only <see cref="JobScope.Beat"/> beats; off by default. A heartbeat then says that the work goes on, and not only
    /// that its process lives.
    /// </summary>
    public bool BeatsByHand { get; init; }

    /// <summary>The shortest time between two <c>progress</c> events; 1 second by default. Zero logs each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan ProgressInterval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ProgressInterval)} is zero or more.");
    }

    = TimeSpan.FromSeconds(1);

    /// <summary>The clock; that of a <see cref="JobEventLogger"/>, or the system's, by default.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>
    /// Where it is logged that the event logger threw, which the job is not told of; by default where a
    /// <see cref="JobEventLogger"/> logs to.
    /// </summary>
    public ILogger? Logger { get; init; }

    internal static JobRunOptions Default { get; } = new();

    private static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }

    private static TimeSpan? Duration(TimeSpan? value, [CallerMemberName] string name = "") =>
        value is null || (value > TimeSpan.Zero && value <= LongestTimer)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is above zero and at most {LongestTimer.TotalDays} days.");
}
