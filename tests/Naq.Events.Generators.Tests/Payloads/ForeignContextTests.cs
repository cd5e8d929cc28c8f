using Naq.Events.Generators.Tests.Execution;

namespace Naq.Events.Generators.Tests.Payloads;

public sealed class ForeignContextTests
{
    [Fact]
    public void TypesOfAForeignContextAreWrittenAndReadByIt()
    {
        var seen = Script.Run<string>([Sources.Dispatcher, """
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;

            namespace Shop;

            [JsonSerializable(typeof(KeyValuePair<string, int>))]
            internal sealed class AppContext() : JsonSerializerContext(null)
            {
                public static AppContext Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override JsonTypeInfo? GetTypeInfo(Type type) => new DefaultJsonTypeInfoResolver().GetTypeInfo(type, Options);
            }

            internal record Holder(KeyValuePair<string, int> Pair);

            [JobEventJsonContext(typeof(AppContext))]
            internal static partial class Events
            {
                [JobEvent("paired")]
                public static partial JobEvent Paired(string jobId, KeyValuePair<string, int> pair, Holder holder);
            }

            [JobEventJsonContext(typeof(AppContext))]
            internal sealed partial class Handlers
            {
                public string Seen = "";

                [OnJobEvent("paired")]
                public void OnPaired(KeyValuePair<string, int> pair, Holder holder) => Seen += $"{pair} {holder.Pair}";
            }

            internal static class Program
            {
                public static string Run()
                {
                    var made = Events.Paired("j", new("a", 1), new(new("b", 2)));
                    var handlers = new Handlers { Seen = made.Details + " " };
                    Dispatcher.Dispatch(handlers, made);
                    return handlers.Seen;
                }
            }
            """]);

        Assert.Equal("""{"pair":{"Key":"a","Value":1},"holder":{"pair":{"Key":"b","Value":2}}} [a, 1] [b, 2]""", seen);
    }
}
