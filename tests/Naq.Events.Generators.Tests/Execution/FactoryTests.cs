namespace Naq.Events.Generators.Tests.Execution;

public sealed class FactoryTests
{
    [Fact]
    public void FillsFieldsDetailsAndMessage()
    {
        var shipped = Script.Run<JobEvent>([Sources.Factory, """
            namespace Shop;
            internal static class Program
            {
                public static JobEvent Run() => OrderEvents.Shipped("job-1", "worker-7", 1234.567, 3);
            }
            """]);

        Assert.Equal(JobEventType.Completed, shipped.EventType);
        Assert.Equal("completed", shipped.EventName);
        Assert.Equal("job-1", shipped.JobId);
        Assert.Equal("worker-7", shipped.WorkerId);
        Assert.Equal(1234.567, shipped.DurationMs);
        Assert.Equal("Shipped 3 parcels in 1234.57 ms", shipped.Message);
        Assert.Equal("""{"parcels":3}""", shipped.Details.ToString());
    }

    [Fact]
    public void LeavesOutWhatIsNullAndAddsTagsToTagsGiven()
    {
        var events = Script.Run<JobEvent[]>(["""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent("moved", "{from} -> {to:D} {{kept}} {note}")]
                public static partial JobEvent Moved(
                    string jobId, int? from, Guid to, string? note, DateTimeOffset? timestamp = null,
                    Exception? error = null, IReadOnlyDictionary<string, string>? tags = null, [JobEventTag] bool? urgent = null,
                    [JobEventTag("shard")] int shardNumber = 7, JobEventFields? metadata = null);

                public static JobEvent[] Run() =>
                [
                    Moved("job-1", null, Guid.Empty, null),
                    Moved("job-1", 1, Guid.Empty, "a{b}", DateTimeOffset.FromUnixTimeSeconds(5), new InvalidOperationException("broken"),
                        new Dictionary<string, string> { ["shard"] = "old", ["kept"] = "yes" }, true, 8, JobEventFields.Parse("{\"m\":1}")),
                ];
            }
            """]);

        Assert.Equal(" -> 00000000-0000-0000-0000-000000000000 {kept} ", events[0].Message);
        Assert.Equal("""{"to":"00000000-0000-0000-0000-000000000000"}""", events[0].Details.ToString());
        Assert.Equal([new("shard", "7")], events[0].Tags);
        Assert.Null(events[0].ErrorType);
        Assert.True(events[0].Timestamp.Year >= 2026);

        Assert.Equal("1 -> 00000000-0000-0000-0000-000000000000 {kept} a{b}", events[1].Message);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(5), events[1].Timestamp);
        Assert.Equal("System.InvalidOperationException", events[1].ErrorType);
        Assert.Equal("broken", events[1].ErrorMessage);
        Assert.Equal(["kept=yes", "shard=8", "urgent=true"], events[1].Tags.Select(tag => $"{tag.Key}={tag.Value}").Order());
        Assert.Equal("""{"m":1}""", events[1].Metadata.ToString());
    }

    [Fact]
    public void AMessageParameterOverridesTheTemplate()
    {
        var messages = Script.Run<string?[]>(["""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent("noted", "from the template")]
                public static partial JobEvent Optional(string jobId, string? message = null);

                [JobEvent("noted", "from the template")]
                public static partial JobEvent Required(string jobId, string message);

                public static string?[] Run() =>
                    [Optional("j").Message, Optional("j", "given").Message, Required("j", "given").Message];
            }
            """]);

        Assert.Equal(["from the template", "given", "given"], messages);
    }

    [Fact]
    public void TheMessageIsInvariantWhateverTheCulture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        var german = (System.Globalization.CultureInfo)before.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        System.Globalization.CultureInfo.CurrentCulture = german;
        try
        {
            var message = Script.Run<JobEvent>([Sources.Factory, """
                namespace Shop;
                internal static class Program
                {
                    public static JobEvent Run() => OrderEvents.Shipped("job-1", "worker-7", 1.5, 3);
                }
                """]).Message;
            Assert.Equal("Shipped 3 parcels in 1.50 ms", message);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AStandardNameIsTheStandardType()
    {
        var made = Script.Run<JobEvent>(["""
            namespace Shop;
            internal static partial class Program
            {
                [JobEvent("failed")]
                public static partial JobEvent Failed(string jobId, TimeSpan? duration);
                public static JobEvent Run() => Failed("j", TimeSpan.FromSeconds(2));
            }
            """]);

        Assert.Equal(JobEventType.Failed, made.EventType);
        Assert.Equal(2000, made.DurationMs);
    }
}
