using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class JobEventSubjectTests
{
    [Fact]
    public void Any_job_id_survives_encode_and_decode_and_is_one_token() => EventGen.JobId.Sample(static jobId =>
    {
        var token = JobEventSubject.EncodeJobId(jobId);
        Assert.True(JobEventSubject.TryDecodeJobId(token, out var decoded));
        Assert.Equal(jobId, decoded);
        Assert.Null(JobEventSubject.Split($"naq.events.dev.shop.{token}.started", "naq.events", out var tokens));
        Assert.Equal(["dev", "shop", token, "started"], Texts(tokens));
        Assert.True(tokens.IsOfJob(jobId));
        Assert.False(tokens.IsOfJob(jobId + "x"));
    });

    [Theory]
    [InlineData("order-17_a~Z", "order-17_a~Z")]
    [InlineData("a.b", "a%2Eb")]
    [InlineData("*", "%2A")]
    [InlineData(">", "%3E")]
    [InlineData("a b", "a%20b")]
    [InlineData("50%", "50%25")]
    [InlineData("é😀", "%C3%A9%F0%9F%98%80")]
    public void Everything_but_the_unreserved_is_percent_encoded_in_upper_case(string jobId, string token) =>
        Assert.Equal(token, JobEventSubject.EncodeJobId(jobId));

    [Theory]
    [InlineData("a%2eb", "a.b")]
    [InlineData("%61", "a")]
    [InlineData("é", "é")]
    public void Other_encodings_of_the_same_id_are_taken(string token, string jobId)
    {
        Assert.True(JobEventSubject.TryDecodeJobId(token, out var decoded));
        Assert.Equal(jobId, decoded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%G0")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    public void What_does_not_decode_is_refused(string token) => Assert.False(JobEventSubject.TryDecodeJobId(token, out _));

    [Theory]
    [InlineData("other.events.dev.shop.j.started")]
    [InlineData("naq.eventsdev.shop.j.started")]
    [InlineData("naq.events")]
    [InlineData("naq.events.dev.shop.started")]
    [InlineData("naq.events.dev.shop.a.b.started")]
    [InlineData("naq.events.dev.shop.%FF.started")]
    [InlineData("naq.events.dev.shop..started")]
    public void A_foreign_subject_is_explained(string subject) =>
        Assert.Contains(subject, JobEventSubject.Split(subject, "naq.events", out _), StringComparison.Ordinal);

    [Fact]
    public void The_longest_job_id_is_encoded_whole()
    {
        var jobId = new string('漢', JobEventLimits.JobIdCharacters);

        Assert.True(JobEventSubject.TryDecodeJobId(JobEventSubject.EncodeJobId(jobId), out var decoded));
        Assert.Equal(jobId, decoded);
    }

    // Not in a theory: an attribute's strings are stored as UTF-8, which cannot hold half a pair.
    [Fact]
    public void A_token_with_half_a_character_is_refused()
    {
        Assert.False(JobEventSubject.TryDecodeJobId("a\ud800", out var jobId));
        Assert.Null(jobId);
    }

    private static string[] Texts(in JobEventSubjectTokens tokens) =>
        [tokens.Environment.ToString(), tokens.Service.ToString(), tokens.JobId.ToString(), tokens.EventName.ToString()];
}
