namespace Naq.Events.Generators.Tests.Execution;

/// <summary>What attributes on parameters make of them; the factory and the logger method always make the same event.</summary>
public sealed class ParameterTests
{
    [Fact]
    public void AttributesSayWhatAParameterFills()
    {
        var made = MakeAndLog(
            """
            [JobEventField(JobEventFieldName.JobId)] string order, [JobEventField(JobEventFieldName.DurationMs)] TimeSpan elapsed,
            [JobEventField(JobEventFieldName.WorkerId)] in string machine, [JobEventDetail("worker")] string workerId,
            [JobEventDetail] string message, [JobEventMetadata] int schemaVersion, [JobEventMetadata("build")] string? revision,
            [JobEventTag("region")] string place
            """,
            """ "job-1", TimeSpan.FromSeconds(2), "m-1", "w-1", "hello", 3, "abc", "eu" """);

        Assert.Equal("job-1", made.JobId);
        Assert.Equal(2000, made.DurationMs);
        Assert.Equal("m-1", made.WorkerId);
        Assert.Null(made.Message);
        Assert.Equal("""{"worker":"w-1","message":"hello"}""", made.Details.ToString());
        Assert.Equal("""{"schema_version":3,"build":"abc"}""", made.Metadata.ToString());
        Assert.Equal([new("region", "eu")], made.Tags);
    }

    [Theory]
    [InlineData("params ReadOnlySpan<(string Name, string Value)> tags")]
    [InlineData("params ReadOnlySpan<(string Name, string? Value)> tags")]
    [InlineData("params (string, string?)[]? more")]
    public void ParamsAreTags(string parameter)
    {
        var made = MakeAndLog(
            $"string jobId, [JobEventTag] string? shard, {parameter}",
            """ "job-1", "7", ("tenant", "acme"), ("nothing", null!), ("shard", "old"), ("tenant", "last") """);
        Assert.Equal(["shard=7", "tenant=last"], made.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order());

        Assert.Empty(MakeAndLog($"string jobId, [JobEventTag] string? shard, {parameter}", """ "job-1", null """).Tags);
    }

    [Fact]
    public void NullsGivenAreLeftOut()
    {
        var made = MakeAndLog(
            "string jobId, string? workerId, double? durationMs, int? attempt, Exception? error, int? size, [JobEventTag] bool? flag,"
                + " [JobEventMetadata] string? note, IReadOnlyDictionary<string, string>? tags = null, string? queueName = \"q\"",
            """ "job-1", null, null, null, null, null, null, null """);

        Assert.Equal("""{"version":"1.0","job_id":"job-1","event_type":"x","timestamp":5.000000,"queue_name":"q"}""",
            (made with { Timestamp = DateTimeOffset.FromUnixTimeSeconds(5) }).ToString());
    }

    [Fact]
    public void RedactedValuesStandNowhere()
    {
        var made = MakeAndLog(
            "[Hash] string jobId, [Redact] string workerId, [Redact] string password, [Hash] int pin, [Hash] string? email,"
                + " [Redact] Guid? none, [JobEventTag, Redact] bool vip, [JobEventMetadata, Hash] DateOnly born, [Redact] string? queueName = null",
            """ "job-1", "worker-7", "hunter2", 1234, "a@b.example", null, true, new DateOnly(2001, 2, 3) """,
            "{jobId} {workerId} {password} {pin} {email} {none} {born}");

        Assert.Equal("***", made.WorkerId);
        Assert.Null(made.QueueName);
        Assert.Equal($$"""{"password":"***","pin":"{{Hash("1234")}}","email":"{{Hash("a@b.example")}}"}""", made.Details.ToString());
        Assert.Equal([new("vip", "***")], made.Tags);
        Assert.Equal($$"""{"born":"{{Hash("2001-02-03")}}"}""", made.Metadata.ToString());
        Assert.Equal($"{Hash("job-1")} *** *** {Hash("1234")} {Hash("a@b.example")}  {Hash("2001-02-03")}", made.Message);
        Assert.Equal(Hash("job-1"), made.JobId);
    }

    [Fact]
    public void MembersOfARecordAreRedacted()
    {
        var made = MakeAndLog(
            "string jobId, [Hash] DayOfWeek? day, [Redact] Card card, Card other, List<Card> more",
            """ "job-1", DayOfWeek.Friday, new("1", "2", 3, null), new("4", "5", 6, "n"), [new("7", null!, 8, null)] """,
            types: """
                internal sealed record Card([Redact] string Number, [property: Hash] string Holder, int Month, string? Note)
                {
                    [Redact]
                    public string Pin { get; init; } = "1234";
                }
                """);

        Assert.Equal(
            $$$"""{"day":"{{{Hash("Friday")}}}","card":"***","other":{"number":"***","holder":"{{{Hash("5")}}}","month":6,"note":"n","pin":"***"}"""
                + ""","more":[{"number":"***","holder":null,"month":8,"note":null,"pin":"***"}]}""",
            made.Details.ToString());
        Assert.DoesNotContain("1234", made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARedactedMessageStillGivesWayToTheTemplate()
    {
        const string Parameters = "string jobId, [Redact] string? message";
        Assert.Equal("plain", MakeAndLog(Parameters, """ "job-1", null """, "plain").Message);
        Assert.Equal("***", MakeAndLog(Parameters, """ "job-1", "hunter2" """, "plain").Message);
    }

    [Theory]
    [InlineData("", "e3b0c44298fc1c14")]
    [InlineData("abc", "ba7816bf8f01cfea")]
    public void TheHashIsTheHeadOfTheSha256(string text, string hash)
    {
        Assert.Equal(hash, CompilerServices.JobEventRedaction.Hash(text));
        Assert.Equal(
            Hash(new string('x', 1000) + text), CompilerServices.JobEventRedaction.Hash(new string('x', 1000) + text));
        Assert.Equal(Hash("true"), CompilerServices.JobEventRedaction.Hash((bool?)true));
        Assert.Null(CompilerServices.JobEventRedaction.Hash((int?)null));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];

    private static JobEvent MakeAndLog(string parameters, string arguments, string template = "", string types = "")
    {
        var logger = Script.Log($$"""
            namespace Shop;
            {{types}}
            internal static partial class Program
            {
                [JobEvent("x", "{{template}}")]
                private static partial JobEvent Make({{parameters}});

                [JobEvent("x", "{{template}}")]
                private static partial void Log(IJobEventLogger logger, {{parameters}});

                public static void Run(IJobEventLogger logger)
                {
                    logger.Log(Make({{arguments}}));
                    Log(logger, {{arguments}});
                }
            }
            """);

        var changed = logger.Events[0] with { Id = logger.Events[1].Id, Timestamp = logger.Events[1].Timestamp };
        Assert.Equal(changed, logger.Events[1]);
        return logger.Events[1];
    }
}
