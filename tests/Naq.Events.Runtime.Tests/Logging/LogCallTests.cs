using System.Diagnostics;
using System.Text;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class LogCallTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("half of a pair: ", 0xD83D)]
    [InlineData("the other half: ", 0xDE00)]
    public async Task An_event_without_a_usable_job_id_is_refused_and_reported(string? text, int surrogate = 0)
    {
        // An attribute cannot hold half of a pair.
        var jobId = surrogate == 0 ? text : text + (char)surrogate;
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        var refused = test.Write(jobId);
        var next = test.Write("job");
        Assert.True((await test.Logger.FlushAsync()).Completed);
        await Eventually.TrueAsync(() => test.Losses.Count == 1, null, "the refusal is reported");
        Assert.Equal([refused], test.Lost(JobEventLossKind.Refused));
        Assert.Contains("job id", test.Losses[0].Reason, StringComparison.Ordinal);
        Assert.Equal([next], store.Ids);
    }

    [Fact]
    public async Task A_job_id_of_300_characters_is_refused_and_one_of_256_is_not()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Write(new string('x', 300));
        test.Write(new string('漢', 256));
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(256, Assert.Single(store.Events).JobId.Length);
        await Eventually.TrueAsync(() => test.Losses.Count == 1, null, "the refusal is reported");
        Assert.Contains("300", test.Losses[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_message_is_cut_at_a_character_and_marked()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Logger.LogJobFailed("job", "w1", new InvalidOperationException(string.Concat(Enumerable.Repeat("😀", 3_000_000))), 1);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        var stored = Assert.Single(store.Events);
        Assert.InRange(Encoding.UTF8.GetByteCount(stored.ErrorMessage!), JobEventLimits.ErrorMessageBytes - 20, JobEventLimits.ErrorMessageBytes);
        Assert.EndsWith("😀…[cut]", stored.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("\ufffd", stored.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Huge_details_become_a_marker_with_their_size_and_the_lifecycle_fields_stay()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        var details = JobEventFields.Parse($$"""{"blob":"{{new string('x', 1_000_000)}}"}""");
        var jobEvent = new JobEvent("job", JobEventType.Failed)
        {
            Details = details,
            Metadata = details,
            WorkerId = "w1",
            QueueName = "q",
            Attempt = 3,
            DurationMs = 1.5,
            ErrorType = "E",
            Tags = new Dictionary<string, string> { ["tenant"] = "acme" },
        };
        test.Logger.Log(jobEvent);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        var stored = Assert.Single(store.Events);
        Assert.Equal(jobEvent.Id, stored.Id);
        Assert.Equal($$"""{"naq_removed_bytes":"{{details.Utf8.Length}}"}""", stored.Details.ToString());
        Assert.Equal(stored.Details, stored.Metadata);
        Assert.Equal(("w1", "q", 3, 1.5, "E", "acme"), (
            stored.WorkerId, stored.QueueName, stored.Attempt, stored.DurationMs, stored.ErrorType, stored.Tags["tenant"]));
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task An_event_too_large_even_without_its_details_is_refused_and_reported()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Logger.LogJobStarted("job", new string('w', 2_000_000), "async");
        test.Write("job");
        Assert.True((await test.Logger.FlushAsync()).Completed);
        _ = Assert.Single(store.Events);
        await Eventually.TrueAsync(() => test.Lost(JobEventLossKind.Refused).Count == 1, null, "the refusal is reported");
    }

    [Fact]
    public async Task Details_of_a_generated_call_that_are_too_large_become_a_marker()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Write("job", new string('\u0001', 500_000));
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.StartsWith("""{"naq_removed_bytes":"30000""", Assert.Single(store.Events).Details.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_metric_that_is_no_number_is_left_out(double value)
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Logger.LogJobCompleted("job", "w1", value, value, value);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        var stored = Assert.Single(store.Events);
        Assert.Equal((null, null, null), (stored.DurationMs, stored.MemoryMb, stored.CpuTimeMs));
        Assert.Empty(test.Losses);
    }

    [Fact]
    public async Task An_exception_whose_message_throws_is_logged_all_the_same()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Logger.LogJobFailed("job", "w1", new SilentException(), 1);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Contains("could not be read", Assert.Single(store.Events).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timestamp_before_1970_does_not_make_a_log_call_throw()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        test.Write("job", timestamp: default(DateTimeOffset));
        test.Write("job", timestamp: DateTimeOffset.MinValue.ToOffset(TimeSpan.Zero).AddYears(1));
        test.Write("job", timestamp: DateTimeOffset.MaxValue);
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal([DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch], store.Events.Take(2).Select(static stored => stored.Timestamp));
        Assert.Equal(9999, store.Events[2].Timestamp.Year);
        Assert.Equal(3, store.Ids.Distinct().Count());
    }

    [Fact]
    public async Task The_current_activity_is_the_events_trace_context()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        using var activity = new Activity("job").SetIdFormat(ActivityIdFormat.W3C).Start();
        test.Write("in an activity");
        const string Own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        test.Logger.Log(new JobEvent("with its own", JobEventType.Started) { TraceParent = Own });
        activity.Stop();
        test.Write("in none");
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(
            [activity.Id, Own, null],
            store.Events.Select(static stored => stored.TraceParent));
    }

    [Fact]
    public async Task The_subject_is_made_of_the_options_and_the_event()
    {
        var store = new ManualStore { Automatic = true };
        await using var test = new LoggerUnderTest(store);
        test.Write("a.b *>é");
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal(["naq.events.dev.naq.a%2Eb%20%2A%3E%C3%A9.started"], store.Subjects);
    }

    private sealed class SilentException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }
}
