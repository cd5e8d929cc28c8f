using System.Text;
using CsCheck;
using Naq.Events.Querying;
using Naq.Events.Runtime.Tests.Serialization;

namespace Naq.Events.Runtime.Tests.Querying;

public sealed class PayloadFilterTests
{
    /// <summary>Values that are parts of each other, escaped in JSON, or none.</summary>
    private static readonly string?[] Values = [null, "a", "aa", "worker_id", "a\"b", "ünï", "\\", "x\ny"];

    private static readonly Gen<string?> Value = Gen.Int[0, Values.Length - 1].Select(static i => Values[i]);

    private static readonly Gen<DateTimeOffset?> Time =
        Gen.Int[0, 3].Select(static hour => hour == 0 ? null as DateTimeOffset? : new DateTimeOffset(2026, 5, 4, hour, 0, 0, TimeSpan.Zero));

    private static readonly Gen<JobEventFilter> Filter =
        from worker in Value
        from queue in Value
        from error in Value
        from tag in Value
        from message in Value
        from since in Time
        select new JobEventFilter
        {
            WorkerId = worker,
            QueueName = queue,
            ErrorType = error,
            MessageContains = message,
            Since = since,
            Tags = tag is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [tag] = "a" },
        };

    private static readonly Gen<JobEvent> Event =
        from worker in Value
        from queue in Value
        from error in Value
        from tag in Value
        from message in Value
        from time in Time
        select new JobEvent("job", "failed")
        {
            WorkerId = worker,
            QueueName = queue,
            ErrorType = error,
            Message = message,
            Timestamp = time ?? DateTimeOffset.UnixEpoch,
            Tags = tag is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [tag] = "a" },
        };

    [Fact]
    public void Bytes_are_rejected_only_when_the_event_does_not_match() => Gen.Select(Filter, Event).Sample(static (filter, jobEvent) =>
    {
        var payloads = new PayloadFilter(filter);
        var isWanted = payloads.Matches(jobEvent);
        var rejects = payloads.Rejects(Encoding.UTF8.GetBytes(jobEvent.ToString()));
        Assert.False(isWanted && rejects, $"{filter} rejects {jobEvent}");
    });

    [Theory]
    [InlineData("""{"worker_id":"w2","worker_id":"w1"}""", false)]
    [InlineData("""{"worker_id":"w1","worker_id":"w2"}""", true)]
    [InlineData("""{"worker_id":"\u00771"}""", false)]
    [InlineData("""{"\u0077orker_id":"w1"}""", false)]
    [InlineData("""{"queue_name":"w1"}""", true)]
    [InlineData("""{"worker_id":"w10"}""", true)]
    [InlineData("""{"details":{"worker_id":"w1"}}""", true)]
    [InlineData("""{"worker_id":"w1" """, false)]
    [InlineData("not JSON w1", false)]
    [InlineData("[\"w1\"]", false)]
    public void What_other_writers_may_have_written_is_read_as_the_full_reader_would(string json, bool rejects) =>
        Assert.Equal(rejects, new PayloadFilter(JobEventFilter.All.ByWorker("w1")).Rejects(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Without_content_to_compare_nothing_is_looked_at()
    {
        var payloads = new PayloadFilter(JobEventFilter.ForJob("job").InAllServices());

        Assert.True(payloads.MatchesAll);
        Assert.False(payloads.Rejects("{}"u8));
    }

    [Fact]
    public void Most_events_that_do_not_match_are_rejected_by_their_bytes() => EventGen.JobId.Sample(static jobId =>
    {
        var jobEvent = new JobEvent(jobId, "started") { QueueName = "mail" };

        Assert.True(new PayloadFilter(JobEventFilter.All.InQueue("print")).Rejects(Encoding.UTF8.GetBytes(jobEvent.ToString()))
            || jobEvent.ToString().Contains('\\', StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("""{"job_id":"job","event_type":"started","timestamp":1}""", true)]
    [InlineData(" {\"job_id\":\"job\",\"event_type\":\"started\",\"timestamp\":1}\r\n", true)]
    [InlineData("\uFEFF{\"job_id\":\"job\"}", true)]
    [InlineData("""{"job_id":"job","event_type":"star""", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("no json", false)]
    public void Of_messages_without_the_wanted_text_those_that_are_no_object_are_left_to_the_full_reader(string payload, bool isRejected) =>
        Assert.Equal(isRejected, new PayloadFilter(new JobEventFilter { QueueName = "mail" }).Rejects(Encoding.UTF8.GetBytes(payload)));
}
