
namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class JobEventTests
{
    [Fact]
    public void Standard_types_and_tokens_belong_together()
    {
        foreach (var type in Enum.GetValues<JobEventType>().Where(static type => type != JobEventType.Custom))
        {
            var byType = new JobEvent("j", type);
            Assert.Equal(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()), byType.EventName);
            Assert.Equal(type, new JobEvent("j", byType.EventName).EventType);
        }
    }

    [Fact]
    public void There_are_24_standard_types() => Assert.Equal(24 + 1, Enum.GetValues<JobEventType>().Length);

    [Theory]
    [InlineData("", "empty")]
    [InlineData(null, "empty")]
    public void A_job_id_that_cannot_be_used_throws(string? jobId, string said) => Assert.Contains(
        said, Assert.Throws<ArgumentException>(() => new JobEvent(jobId!, JobEventType.Started)).Message, StringComparison.Ordinal);

    // Not in a theory: an attribute's strings are stored as UTF-8, which cannot hold half a pair.
    [Fact]
    public void A_job_id_that_is_not_unicode_throws()
    {
        foreach (var jobId in (string[])["a\ud800", "\udc00"])
            Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => new JobEvent(jobId, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_id_has_1_to_256_characters()
    {
        Assert.Equal(256, new JobEvent(new string('j', 256), "x").JobId.Length);
        Assert.Throws<ArgumentException>(() => new JobEvent(new string('j', 257), "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("dash-ed")]
    [InlineData("é")]
    public void A_name_that_is_not_a_token_throws(string name) => Assert.Throws<ArgumentException>(() => new JobEvent("j", name));

    [Theory]
    [InlineData(JobEventType.Custom)]
    [InlineData(JobEventType.TtlExtended + 1)]
    [InlineData((JobEventType)(-1))]
    public void What_is_no_standard_type_needs_a_name(JobEventType type) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobEvent("j", type));

    [Fact]
    public void Limits_throw()
    {
        var valid = new JobEvent("j", "x");
        Assert.Throws<ArgumentException>(() => valid with { Message = new string('m', JobEventLimits.MessageBytes + 1) });
        Assert.Throws<ArgumentException>(() => valid with { Message = new string('é', (JobEventLimits.MessageBytes / 2) + 1) });
        Assert.Equal(JobEventLimits.MessageBytes, (valid with { Message = new string('m', JobEventLimits.MessageBytes) }).Message!.Length);
        Assert.Throws<ArgumentException>(() => valid with { ErrorMessage = new string('m', JobEventLimits.ErrorMessageBytes + 1) });
        Assert.Throws<ArgumentException>(() => valid with { ErrorStack = new string('m', JobEventLimits.ErrorStackBytes + 1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => valid with { DurationMs = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => valid with { MemoryMb = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => valid with { Attempt = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => valid with { Timestamp = DateTimeOffset.UnixEpoch.AddTicks(-1) });
        Assert.Throws<ArgumentException>(() => valid with { Details = JobEventFields.Parse("[]") });
        Assert.Throws<ArgumentException>(() => JobEventFields.Parse($"{{\"a\":\"{new string('x', JobEventLimits.EventBytes)}\"}}"));
    }

    [Fact]
    public void Ids_are_version_7_and_differ()
    {
        var first = new JobEvent("j", "x").Id;
        Assert.Equal(7, first.Version);
        Assert.NotEqual(first, new JobEvent("j", "x").Id);
    }

    [Fact]
    public void A_changed_tag_dictionary_does_not_change_the_event()
    {
        var tags = new Dictionary<string, string> { ["a"] = "1" };
        var jobEvent = new JobEvent("j", "x") { Tags = tags };
        tags["a"] = "2";
        Assert.Equal("1", jobEvent.Tags["a"]);
    }

    [Fact]
    public void Timestamps_are_utc_to_the_microsecond()
    {
        var given = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        var kept = new JobEvent("j", "x") { Timestamp = given }.Timestamp;
        Assert.Equal(TimeSpan.Zero, kept.Offset);
        Assert.Equal(given.UtcTicks / 10 * 10, kept.UtcTicks);
    }
}
