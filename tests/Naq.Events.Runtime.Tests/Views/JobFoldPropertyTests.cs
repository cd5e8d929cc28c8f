using CsCheck;
using Naq.Events.Views;

namespace Naq.Events.Runtime.Tests.Views;

public sealed class JobFoldPropertyTests
{
    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.OneOf<string>([.. JobStateMachine.Rows.Select(static row => row.EventName).Distinct(StringComparer.Ordinal)]),
        Gen.OneOf<string>("queue_moved", "worker_assigned", "ttl_extended", "dependency_failed", "payment_captured"));

    private static readonly Gen<JobEvent> Event = Gen.Select(
        Names,
        Gen.OneOf(Gen.Const(0L), Gen.Long[0, 20], Gen.Const(253_402_300_799L)),
        Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 4].Select(static value => (int?)value), Gen.Const((int?)int.MaxValue)),
        Gen.OneOf(Gen.Const((string?)null), Gen.OneOf<string>("r1", "r2", "r3").Select(static value => (string?)value)),
        Gen.OneOf(Gen.Const((double?)null), Gen.OneOf<double>(-5.0, 0, 12.5, 1e300).Select(static value => (double?)value)),
        static (name, seconds, attempt, run, milliseconds) => new JobEvent("job", name)
        {
            Timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds),
            Attempt = attempt,
            RunId = run,
            DurationMs = milliseconds,
            Details = milliseconds is null
                ? default
                : JobEventFields.Parse(FormattableString.Invariant($$"""{"delay_ms": {{milliseconds}}, "started_at": "{{name}}"}""")),
            ErrorType = name == "failed" ? "Error" : null,
        });

    private static readonly Gen<JobEvent[]> Stored = Event.Array[1, 40]
        .Select(static events => events.Select(static (jobEvent, index) => jobEvent with { Sequence = (ulong)index + 1 }).ToArray());

    [Fact]
    public void The_view_is_a_function_of_the_events_by_their_sequence() =>
        Gen.Select(Stored, Gen.Int).Sample(static (events, seed) =>
        {
            var expected = JobView.FromEvents(events)!;
            var shuffled = events.Concat(events.Take(seed & 7)).ToArray();
            new Random(seed).Shuffle(shuffled);
            AssertSame(expected, JobView.FromEvents(shuffled)!);
        });

    [Fact]
    public void What_is_stored_between_two_events_is_enough_to_go_on() =>
        Stored.Sample(static events =>
        {
            var view = JobView.FromEvents(events)!;
            var folded = events.Aggregate((JobSummary?)null, static (job, jobEvent) => JobFold.Next(job, jobEvent).Job)!;
            Assert.Equal(SummaryOf(folded), SummaryOf(view));
        });

    [Fact]
    public void Every_view_holds_together() => Stored.Sample(static events =>
    {
        var view = JobView.FromEvents(events)!;
        Assert.Equal(events.Length, view.EventCount);
        Assert.Equal(events.Length, view.Timeline.Count);
        Assert.Equal(view.State, view.Timeline[^1].StateAfter);
        Assert.Equal(view.AnomalyCount, view.Anomalies.Count);
        Assert.All(view.Timeline.Zip(view.Timeline.Skip(1)), static pair => Assert.Equal(pair.First.StateAfter, pair.Second.StateBefore));
        Assert.All(
            view.Timeline.Where(static entry => JobStateMachine.Rows.All(row => row.EventName != entry.EventName)),
            static entry => Assert.Equal(entry.StateBefore, entry.StateAfter));
        Assert.All(
            view.Timeline.Where(static entry => IsEnded(entry.StateBefore) && entry.StateAfter != entry.StateBefore && !IsEnded(entry.StateAfter)),
            static entry => Assert.Contains(
                entry.EventName,
                new[] { "enqueued", "dequeued", "scheduled", "schedule_triggered", "started", "retry_started", "retry_scheduled" }));
        Assert.True(view.Waited is null || view.Waited >= TimeSpan.Zero);
        Assert.Equal(view.Attempt > 0, view.Attempts.Count > 0);
        Assert.All(view.Attempts, static attempt => Assert.Equal(attempt.Outcome is null, attempt.EndedAt is null));
    });

    private static bool IsEnded(JobState state) => new JobSummary { JobId = "job", State = state }.IsEnded;

    private static void AssertSame(JobView expected, JobView actual)
    {
        Assert.Equal(SummaryOf(expected), SummaryOf(actual));
        Assert.Equal(expected.Attempts, actual.Attempts);
        Assert.Equal(expected.Timeline, actual.Timeline);
        Assert.Equal(expected.Anomalies, actual.Anomalies);
    }

    /// <summary>The values of the summary; records of different types are never equal.</summary>
    private static IEnumerable<object?> SummaryOf(JobSummary job) => typeof(JobSummary).GetProperties().Select(property => property.GetValue(job));
}
