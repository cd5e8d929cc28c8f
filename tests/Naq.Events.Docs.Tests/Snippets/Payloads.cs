using System.Text.Json;
using System.Text.Json.Serialization;

namespace Naq.Events.Docs.Tests.Snippets;

public enum Encoding
{
    Plain,
    [JsonStringEnumMemberName("zstd")]
    Zstandard,
}

public sealed record Chunk(Uri Source, int Rows)
{
    public required Encoding Encoding { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

public static partial class ChunkEvents
{
    [JobEvent("chunks_loaded")]
    public static partial void LogChunksLoaded(
        this IJobEventLogger logger, string jobId, Encoding encoding, IReadOnlyList<Chunk> chunks, Chunk? rejected = null);

    [JobEvent("chunk_checked")]
    public static partial JobEvent ChunkChecked(string jobId, Uri source, int rows, Encoding encoding);
}

public sealed partial class ChunkHandlers
{
    [OnJobEvent("chunks_loaded")]
    public void OnLoaded(Chunk[] chunks, Chunk? rejected) => Console.WriteLine($"{chunks.Length} chunks; rejected: {rejected}");

    [OnJobEvent("chunk_checked")]
    public void OnChecked(Chunk chunk) => Console.WriteLine(chunk);
}

[JsonDerivedType(typeof(Circle), "circle")]
public abstract record Shape;

public sealed record Circle(double Radius) : Shape;

[JsonSerializable(typeof(Shape))]
public sealed partial class ShapesJsonContext : JsonSerializerContext;

[JobEventJsonContext(typeof(ShapesJsonContext))]
public static partial class ShapeEvents
{
    [JobEvent("shape_drawn")]
    public static partial void LogShapeDrawn(this IJobEventLogger logger, string jobId, Shape shape);
}

internal static class PayloadCalls
{
    public static JobEventFields WithSystemTextJson(Chunk chunk)
    {
        string json = JsonSerializer.Serialize(chunk, NaqEventsJsonContext.Default.Chunk);
        Chunk? back = JsonSerializer.Deserialize(json, NaqEventsJsonContext.Default.Chunk);
        JobEventFields details = JobEventFields.From(chunk, NaqEventsJsonContext.Default.Chunk);
        return back == chunk ? details : default;
    }
}
