using System.Collections.Frozen;
using static Naq.Events.JobState;

namespace Naq.Events.Views;

/// <summary>
/// The states of a job and what leads from one to another: the table of <c>docs/job-view.md</c>. It is total. A state that no set of
/// a row names is kept, and the event fits it; an event without a row, such as an application's own, is in every state of that kind.
/// </summary>
internal static class JobStateMachine
{
    private static readonly JobState[] Ended = [Completed, Failed, Cancelled, TimedOut, Expired];
    private static readonly JobState[] Begun = [Running, Stalled];
    private static readonly JobState[] NotBegun = [Unknown, Scheduled, Paused, Waiting, Enqueued, Dequeued, Retrying];

    private static readonly JobStateRow[] AllRows =
    [
        new("scheduled") { To = Scheduled, From = [Unknown, Paused, Waiting, Retrying, .. Ended] },
        new("schedule_triggered") { To = Scheduled, From = [Unknown, .. Ended], Refuses = [Paused] },
        new("schedule_paused") { To = Paused, From = [Unknown, Scheduled] },
        new("schedule_resumed") { To = Scheduled, From = [Unknown, Paused] },
        new("schedule_deactivated") { To = Cancelled, From = [Unknown, Scheduled, Paused] },
        new("waiting_for_dependencies")
        {
            To = Waiting,
            From = [Unknown, Scheduled, Paused, Enqueued, Dequeued, Retrying],
            Refuses = [.. Begun, .. Ended],
        },
        new("enqueued") { To = Enqueued, From = [Unknown, Scheduled, Paused, Waiting, Dequeued, Stalled, Retrying, .. Ended], Accepts = [Running] },
        new("dequeued")
        {
            To = Dequeued,
            From = [Unknown, Scheduled, Paused, Waiting, Enqueued, Retrying],
            Refuses = [.. Begun, .. Ended],
        },
        new("dequeued", RunRelation.NextAttempt)
        {
            To = Dequeued,
            From = [Unknown, Scheduled, Paused, Waiting, Enqueued, Stalled, Retrying, .. Ended],
            Accepts = [Running],
        },
        .. Starts("started"),
        .. Starts("retry_started"),
        new("heartbeat") { To = Running, From = [Stalled] },
        new("progress") { To = Running, From = [Stalled] },
        new("stalled") { To = Stalled, From = [Unknown, Running], Refuses = [Scheduled, Paused, Waiting, Enqueued, Dequeued, Retrying, .. Ended] },
        .. Ends("completed", Completed, from: [Unknown, .. Begun], accepts: [Scheduled, Paused, Waiting, Enqueued, Dequeued, Retrying]),

        // A worker may plan the retry before it logs that the attempt failed.
        .. Ends("failed", Failed, from: [Unknown, Scheduled, Paused, Waiting, Enqueued, Dequeued, .. Begun], accepts: []),
        .. Ends("timeout", TimedOut, from: [Unknown, Scheduled, Paused, Waiting, Enqueued, Dequeued, .. Begun], accepts: []),
        .. Ends("cancelled", Cancelled, from: [.. NotBegun, .. Begun], accepts: []),
        new("retry_scheduled") { To = Retrying, From = [Unknown, Scheduled, Paused, Waiting, Enqueued, Dequeued, .. Begun, .. Ended] },
        new("max_retries_exceeded") { To = Failed, From = [.. NotBegun, .. Begun], Refuses = [Completed, Cancelled, Expired] },
        new("ttl_expired") { To = Expired, From = [.. NotBegun, .. Begun] },
    ];

    private static readonly FrozenDictionary<(string EventName, RunRelation Run), JobStateRow> ByEvent =
        AllRows.ToFrozenDictionary(static row => (row.EventName, row.Run));

    /// <summary>The rows, in the order of the docs.</summary>
    public static IReadOnlyList<JobStateRow> Rows => AllRows;

    /// <summary>What an event does.</summary>
    public static JobTransition Next(JobState state, string eventName, RunRelation run)
    {
        var row = ByEvent.GetValueOrDefault((eventName, run)) ?? ByEvent.GetValueOrDefault((eventName, RunRelation.Latest));
        if (row is null)
            return new JobTransition(state);

        return run == RunRelation.Earlier ? new JobTransition(state, JobAnomalyKind.Late) : row.Next(state);
    }

    private static JobStateRow[] Starts(string eventName) =>
    [
        new(eventName) { To = Running, From = [Unknown, Scheduled, Paused, Enqueued, Dequeued, Stalled, Retrying], Accepts = [Waiting], Refuses = Ended },
        new(eventName, RunRelation.NextAttempt)
        {
            To = Running,
            From = [Unknown, Scheduled, Paused, Enqueued, Dequeued, Stalled, Retrying, .. Ended],
            Accepts = [Waiting, Running],
        },
        new(eventName, RunRelation.OtherRun)
        {
            To = Running,
            From = [Unknown, Scheduled, Paused, Enqueued, Dequeued, Stalled, Retrying],
            Accepts = [Waiting, Running, .. Ended],
        },
    ];

    private static JobStateRow[] Ends(string eventName, JobState to, JobState[] from, JobState[] accepts) =>
    [
        new(eventName) { To = to, From = from, Accepts = accepts, Refuses = [.. Ended.Where(ended => ended != to)] },
        new(eventName, RunRelation.NextAttempt) { To = to, From = [Unknown], Accepts = [.. NotBegun.Where(static state => state != Unknown), .. Begun, .. Ended] },
    ];
}
