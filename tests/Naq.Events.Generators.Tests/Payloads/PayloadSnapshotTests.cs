namespace Naq.Events.Generators.Tests.Payloads;

public sealed class PayloadSnapshotTests
{
    [Fact]
    public void PayloadTypes() => Verify("""
        using System.Text.Json.Serialization;

        namespace Shop;

        internal enum Size { Small, [JsonStringEnumMemberName("x-large")] Large }

        internal record Parcel(int Weight, Size? Size = Size.Small)
        {
            public required string Label { get; init; }

            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            public Parcel? Inner { get; set; }

            public IReadOnlyDictionary<string, Uri>? Links { get; init; }
        }

        internal struct Place
        {
            public double Latitude { get; set; }

            public double Longitude { get; set; }
        }

        internal static partial class OrderEvents
        {
            [JobEvent("packed", "Packed as {size}")]
            public static partial void LogPacked(
                this IJobEventLogger logger, string jobId, Size size, List<Parcel> parcels, Place? place, [JobEventTag] Size? tagged);

            [JobEvent("packed", "Packed as {size}")]
            public static partial JobEvent Packed(string jobId, Size size, List<Parcel> parcels, Place? place, [JobEventTag] Size? tagged);
        }

        internal sealed partial class OrderHandlers
        {
            [OnJobEvent("packed")]
            public void OnPacked(Size size, List<Parcel> parcels, Place? place, Parcel all, Size other = Size.Large) { }
        }
        """);

    [Fact]
    public void ForeignContexts() => Verify("""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        [assembly: JobEventJsonContext(typeof(Shop.AppContext))]

        namespace Shop;

        [JsonSerializable(typeof(int[,]))]
        internal sealed class AppContext() : JsonSerializerContext(null)
        {
            public static AppContext Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }

        internal record Board(int[,] Squares);

        internal static partial class GameEvents
        {
            [JobEvent("moved")]
            public static partial void LogMoved(this IJobEventLogger logger, string jobId, Board board, int[,] squares);
        }

        internal sealed partial class GameHandlers
        {
            [OnJobEvent("moved")]
            public void OnMoved(int[,] squares, int[,]? more) { }
        }
        """);

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        var run = GeneratorRun.Of(source);
        _ = run.Load();
        Baseline.Verify(run, name);
    }
}
