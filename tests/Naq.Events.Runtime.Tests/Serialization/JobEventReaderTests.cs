using System.Text;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class JobEventReaderTests
{
    [Theory]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1}""")]
    [InlineData("""{"timestamp":1,"event_type":"started","job_id":"j"}""")]
    [InlineData("""{"version":null,"job_id":"j","event_type":"started","timestamp":1,"worker_id":null,"details":null,"tags":null}""")]
    [InlineData("""{"version":"1.17","job_id":"j","event_type":"started","timestamp":1,"unknown":[1,{"a":2}]}""")]
    [InlineData("""{"job\u005fid":"j","event_type":"st\u0061rted","timestamp":1.0e0}""")]
    [InlineData("""{"job_id":"other","job_id":"j","event_type":"failed","event_type":"started","timestamp":9,"timestamp":1}""")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"worker_id":"","details":{ },"tags":{},"metadata":{}}""")]
    [InlineData("\uFEFF{\"job_id\":\"j\",\"event_type\":\"started\",\"timestamp\":1}")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"attempt":0,"run_id":5,"parent_id":{},"root_id":[],"correlation_id":true,"error_stack":1,"error_fingerprint":null}""")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"worker_id":"w","worker_id":null,"run_id":"r","run_id":5,"duration_ms":5,"duration_ms":null,"tags":{"a":"b"},"tags":null}""")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"worker_id":"w","worker_id":"","run_id":"r","run_id":"","tags":{"a":"b"},"tags":{}}""")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"tags":{"a":"b","a":null}}""")]
    public void Takes_what_other_clients_may_write(string json)
    {
        var read = JobEvent.Parse(Encoding.UTF8.GetBytes(json));
        var expected = new JobEvent("j", JobEventType.Started) { Id = default, Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(1) };
        Assert.Equal(expected, read);
        Assert.Equal(JobEventType.Started, read.EventType);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"event_type":"started","timestamp":1}""", "job_id is missing")]
    [InlineData("""{"job_id":"","event_type":"started","timestamp":1}""", "job_id is missing")]
    [InlineData("""{"job_id":null,"event_type":"started","timestamp":1}""", "job_id is missing")]
    [InlineData("""{"job_id":"j","job_id":null,"event_type":"started","timestamp":1}""", "job_id is missing")]
    [InlineData("""{"job_id":7,"event_type":"started","timestamp":1}""", "job_id is a number")]
    [InlineData("""{"job_id":"\ud800","event_type":"started","timestamp":1}""", "surrogate")]
    [InlineData("""{"job_id":"j","timestamp":1}""", "event_type is missing")]
    [InlineData("""{"job_id":"j","event_type":"Started","timestamp":1}""", "event_type 'Started'")]
    [InlineData("""{"job_id":"j","event_type":"a b","timestamp":1}""", "event_type 'a b'")]
    [InlineData("""{"job_id":"j","event_type":"started"}""", "timestamp is missing")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":"1"}""", "timestamp is a string")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":-1}""", "1970")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":253402300800}""", "9999")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1e999999999999}""", "9999")]
    [InlineData("""{"version":"2.0","job_id":"j","event_type":"started","timestamp":1}""", "version is '2.0'")]
    [InlineData("""{"version":"1","job_id":"j","event_type":"started","timestamp":1}""", "version is '1'")]
    [InlineData("""{"version":"1.","job_id":"j","event_type":"started","timestamp":1}""", "version is '1.'")]
    [InlineData("""{"version":"1.x","job_id":"j","event_type":"started","timestamp":1}""", "version is '1.x'")]
    [InlineData("""{"version":1.0,"job_id":"j","event_type":"started","timestamp":1}""", "version is a number")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"worker_id":5}""", "worker_id is a number")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"details":[]}""", "details is an array")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"tags":{"a":1}}""", "tag 'a' is a number")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"tags":{"t\u0061g":1}}""", "tag 'tag' is a number")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"tags":[]}""", "tags is an array")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"duration_ms":"fast"}""", "duration_ms is a string")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,"duration_ms":1e999}""", "duration_ms is too large")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1} x""", "not valid JSON")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1,}""", "not valid JSON")]
    [InlineData("""{"job_id":"j","event_type":"started","timestamp":1""", "not valid JSON")]
    public void Says_what_is_malformed(string json, string problem)
    {
        Assert.False(JobEvent.TryParse(Encoding.UTF8.GetBytes(json), out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "…")]
    public void A_foreign_text_is_shown_up_to_64_characters(int length, string rest)
    {
        var json = $$$"""{"job_id":"j","event_type":"started","timestamp":1,"tags":{"{{{new string('t', length)}}}":1}}""";

        Assert.False(JobEvent.TryParse(Encoding.UTF8.GetBytes(json), out _, out var said));
        Assert.Contains($"tag '{new string('t', 64)}{rest}' is a number", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483648", null)]
    [InlineData("0", null)]
    [InlineData("1.5", null)]
    public void An_attempt_is_a_whole_number_from_1_on(string number, int? attempt)
    {
        var read = JobEvent.Parse(Encoding.UTF8.GetBytes($$"""{"job_id":"j","event_type":"started","timestamp":1,"attempt":{{number}}}"""));

        Assert.Equal(attempt, read.Attempt);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    public void A_number_may_have_very_many_digits(int digits)
    {
        var number = $"1{new string('0', digits - 1)}";
        var read = JobEvent.Parse(Encoding.UTF8.GetBytes($$"""{"job_id":"j","event_type":"started","timestamp":1,"duration_ms":{{number}}}"""));

        Assert.Equal(Math.Pow(10, digits - 1), read.DurationMs!.Value, Math.Pow(10, digits - 16));
    }

    [Fact]
    public void A_number_of_more_digits_than_a_double_has_is_too_large()
    {
        var json = $$"""{"job_id":"j","event_type":"started","timestamp":1,"duration_ms":1{{new string('0', 400)}}}""";

        Assert.False(JobEvent.TryParse(Encoding.UTF8.GetBytes(json), out _, out var said));
        Assert.Contains("duration_ms is too large", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1634567890.1234567", 1634567890123456)]
    [InlineData("0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("-0", 0)]
    [InlineData("1e-7", 0)]
    [InlineData("1E0", 1_000_000)]
    [InlineData("15e-1", 1_500_000)]
    [InlineData("0.000001", 1)]
    [InlineData("0.0000019", 1)]
    [InlineData("1e-999999999999999999", 0)]
    [InlineData("0e999999999999999999", 0)]
    [InlineData("100000000000000000000000000000e-29", 1_000_000)]
    [InlineData("1e5", 100_000_000_000)]
    [InlineData("1e+5", 100_000_000_000)]
    [InlineData("0.00000000000000000000015e22", 1_500_000)]
    [InlineData("253402300799.99999", 253402300799999990)]
    [InlineData("253402300799.999999999999999999999999", 253402300799999999)]
    public void Timestamps_are_any_number_of_seconds_cut_to_microseconds(string number, long microseconds)
    {
        var read = JobEvent.Parse(Encoding.UTF8.GetBytes($$"""{"job_id":"j","event_type":"x","timestamp":{{number}}}"""));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10), read.Timestamp);
    }

    [Fact]
    public void A_name_that_is_not_standard_is_custom()
    {
        var read = JobEvent.Parse("""{"job_id":"j","event_type":"payment_captured","timestamp":1}"""u8);
        Assert.Equal((JobEventType.Custom, "payment_captured"), (read.EventType, read.EventName));
    }

    [Fact]
    public void Lone_surrogate_escapes_read_as_replacement_characters()
    {
        var read = JobEvent.Parse("""{"job_id":"j","event_type":"x","timestamp":1,"message":"a\ud800b\ude00","tags":{"\udc00":"\ud83d\ude00"}}"""u8);
        Assert.Equal("a\uFFFDb\uFFFD", read.Message);
        Assert.Equal("😀", Assert.Single(read.Tags, tag => tag.Key == "\uFFFD").Value);
    }

    [Fact]
    public void Null_in_tags_drops_the_tag_and_the_last_of_duplicates_wins()
    {
        var read = JobEvent.Parse("""{"job_id":"j","event_type":"x","timestamp":1,"tags":{"a":"1","b":null,"c":"1","c":"2","d":"1","d":null}}"""u8);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["c"] = "2" }, read.Tags);
    }

    [Fact]
    public void Limits_of_writers_do_not_bind_readers()
    {
        var message = new string('m', JobEventLimits.MessageBytes + 1);
        var read = JobEvent.Parse(Encoding.UTF8.GetBytes($$"""{"job_id":"j","event_type":"x","timestamp":1,"message":"{{message}}"}"""));
        Assert.Equal(message, read.Message);
        Assert.Equal(read, JobEvent.Parse(read.ToUtf8Json()));
        Assert.Equal(read, JobEvent.Parse(read.ToUtf8Json(writeAllMembers: true)));
        Assert.False(JobEvent.TryParse(
            Encoding.UTF8.GetBytes($$"""{"job_id":"{{new string('j', 257)}}","event_type":"x","timestamp":1}"""), out _, out var problem));
        Assert.Contains("257", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Depth_is_64_with_the_events_own_object(int depth, bool taken)
    {
        var nested = string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
        var json = $$"""{"job_id":"j","event_type":"x","timestamp":1,"unknown":{{nested}}}""";
        Assert.Equal(taken, JobEvent.TryParse(Encoding.UTF8.GetBytes(json), out _, out _));
    }

    [Fact]
    public void Invalid_utf8_anywhere_is_malformed()
    {
        byte[] json = [.. """{"job_id":"j","event_type":"x","timestamp":1,"unknown":"?"}"""u8];
        json[Array.LastIndexOf(json, (byte)'?')] = 0xFF;
        Assert.False(JobEvent.TryParse(json, out _, out var problem));
        Assert.Contains("UTF-8", problem, StringComparison.Ordinal);
    }
}
