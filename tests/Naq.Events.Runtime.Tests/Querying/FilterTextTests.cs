namespace Naq.Events.Runtime.Tests.Querying;

public sealed class FilterTextTests
{
    [Fact]
    public void Every_part_is_read_and_written_back()
    {
        var filter = JobEventFilter.All
            .OfJob("order 17=\"a\\b\"")
            .OfNames("failed", "timeout")
            .InAllServices()
            .InEnvironment("prod")
            .ByWorker("w 1")
            .InQueue("mail")
            .WithErrorType("System.IO.IOException")
            .WithErrorFingerprint("f-1")
            .WithCorrelation("request-9")
            .WithMessage("größe \"x\"")
            .WithTag("tenant", "acme")
            .WithTag("odd = name", "")
            .From(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))
            .Before(new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.FromHours(2)));

        var withoutEmpty = filter with { Tags = new Dictionary<string, string> { ["tenant"] = "acme", ["odd = name"] = "v" } };

        Assert.Equal(withoutEmpty, JobEventFilter.Parse($"{withoutEmpty}"));
        Assert.NotEqual(filter, withoutEmpty);
    }

    [Theory]
    [InlineData("colour=red", "'colour' is not a name that events are filtered by. The names are job_id,")]
    [InlineData("tag.=x", "'tag.' is not a name")]
    [InlineData("queue_name", "has no '=' after what begins at character 0")]
    [InlineData("queue_name=", "'queue_name' has no value")]
    [InlineData("queue_name=a queue_name=b", "'queue_name' twice")]
    [InlineData("queue_name=\"a", "a '\"' that does not end, in the value of 'queue_name'")]
    [InlineData("event_type=Failed", "'Failed' is not an event name")]
    [InlineData("since=yesterday", "'yesterday', not a time")]
    [InlineData("since=2026-01-02T00:00:00Z until=2026-01-01T00:00:00Z", "range of time is empty")]
    [InlineData("service=a.b", "'a.b' is not a service")]
    public void What_is_wrong_is_said(string text, string problem)
    {
        var refusal = Assert.Throws<FormatException>(() => JobEventFilter.Parse(text));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.False(JobEventFilter.TryParse(text, null, out _));
    }

    [Fact]
    public void Settings_are_read_by_the_same_names()
    {
        Assert.Equal(
            JobEventFilter.ForNames("failed").InQueue("mail"),
            JobEventFilter.FromSettings(new Dictionary<string, string> { ["event_type"] = "failed", ["queue_name"] = "mail" }));
        _ = Assert.Throws<FormatException>(() => JobEventFilter.FromSettings(new Dictionary<string, string> { ["colour"] = "red" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("17-")]
    [InlineData("-ab")]
    [InlineData("x-ab")]
    [InlineData("-1-ab")]
    [InlineData("17-AB")]
    [InlineData("17-ab cd")]
    public void A_text_that_is_no_cursor_is_refused(string text)
    {
        Assert.False(JobEventCursor.TryParse(text, null, out _));
        Assert.Contains("is not a cursor", Assert.Throws<FormatException>(() => JobEventCursor.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17-ab")]
    [InlineData("17-ab.0-cd.18446744073709551615-ef")]
    public void A_cursor_is_the_same_again_as_text(string text)
    {
        var cursor = JobEventCursor.Parse(text);

        Assert.Equal(text, cursor.ToString());
        Assert.Equal(cursor, JobEventCursor.Parse(text));
        Assert.NotEqual(cursor, JobEventCursor.Parse("17-ab.0-cd.2-ef"));
        Assert.False(JobEventCursor.TryParse($"{text}.1-ab", null, out _));
    }

    [Fact]
    public void Limits_below_zero_are_refused()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>("Limit", () => new JobEventQueryOptions { Limit = -1 });
        _ = Assert.Throws<ArgumentOutOfRangeException>("Offset", () => new JobEventQueryOptions { Offset = -1 });
    }
}
