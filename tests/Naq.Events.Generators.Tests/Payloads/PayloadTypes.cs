using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Naq.Events.Generators.Tests.Payloads;

public enum Quality
{
    Unknown,
    Draft = 3,
    [JsonStringEnumMemberName("print-ready")]
    PrintReady = -2,
}

[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<Channels>))]
public enum Channels : byte
{
    None = 0,
    Red = 1,
    Green = 2,
    Blue = 4,
    Alpha = 128,
    Rgb = Red | Green | Blue,
}

/// <summary>A constructor, members beside it, and everything simple.</summary>
public sealed record ImageInfo(int Width, int Height, string? Format = "png")
{
    public required Quality Quality { get; init; }

    public Quality? Former { get; init; } = Quality.Draft;

    [JsonPropertyName("rgb \"channels\"")]
    public Channels Channels { get; set; }

    public Scalars? Scalars { get; init; }

    public long Pixels => (long)Width * Height;

    [JsonIgnore]
    public string Hidden { get; set; } = "hidden";
}

/// <summary>Members that are assigned, in a class with a base class.</summary>
public class Scalars : ScalarsBase
{
    public bool Flag { get; set; }
    public char Letter { get; set; } = 'x';
    public sbyte I8 { get; set; }
    public byte U8 { get; set; }
    public short I16 { get; set; }
    public ushort U16 { get; set; }
    public uint U32 { get; set; }
    public ulong U64 { get; set; }
    public Int128 I128 { get; set; }
    public UInt128 U128 { get; set; }
    public Half F16 { get; set; }
    public float F32 { get; set; }
    public double F64 { get; set; }
    public decimal Money { get; set; }
    public Guid Key { get; set; }
    public DateTime Time { get; set; }
    public DateTimeOffset Offset { get; set; }
    public DateOnly Date { get; set; }
    public TimeOnly Clock { get; set; }
    public TimeSpan Span { get; set; }
    public Uri? Uri { get; set; }
    public Version? Version { get; set; }
    public byte[]? Bytes { get; set; }
    public JsonElement? Json { get; set; }
    public int? Maybe { get; set; } = 7;
}

public class ScalarsBase
{
    [JsonPropertyOrder(-1)]
    public int First { get; set; }

    public virtual string? URLPath { get; set; } = "from the base";

    [JsonInclude]
    internal int Counted;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Delay { get; set; }
}

/// <summary>A struct, which is always made without its constructor.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>Every kind of collection.</summary>
public sealed class Collections
{
    public required IReadOnlyList<string?> Names { get; set; }
    public int[]? Numbers { get; set; }
    public List<Point>? Points { get; set; }
    public IEnumerable<Point?>? Gaps { get; set; }
    public HashSet<Quality>? Qualities { get; set; }
    public IReadOnlySet<string>? Labels { get; set; }
    public Dictionary<string, double>? Weights { get; set; }
    public IReadOnlyDictionary<string, List<Channels>>? Layers { get; set; }
    public ImmutableArray<Guid> Ids { get; set; } = [];
    public ImmutableDictionary<string, Point> Places { get; set; } = ImmutableDictionary<string, Point>.Empty;
    public List<List<ImageInfo?>>? Pages { get; set; }
    public JsonElement[]? Rest { get; set; }
    public List<byte>? Octets { get; set; }
}

public sealed class Node
{
    public string? Name { get; set; }
    public Node? Next { get; set; }
    public List<Node>? Children { get; set; }
}

public sealed record Page<T>(IReadOnlyList<T> Items, T? Last)
    where T : class;

/// <summary>What throws when it is read.</summary>
public sealed class Broken
{
    public int Fine { get; set; } = 1;

    public string Value => throw new InvalidOperationException("broken");
}

internal static partial class PayloadEvents
{
    [JobEvent("everything", "{quality} {channels} {source} {version}")]
    public static partial void LogEverything(
        this IJobEventLogger logger,
        string jobId,
        ImageInfo image,
        ImageInfo? noImage,
        Scalars scalars,
        Collections collections,
        Point point,
        Point? noPoint,
        Quality quality,
        Quality? noQuality,
        Channels channels,
        Uri source,
        Version version,
        byte[] bytes,
        JsonElement json,
        Half half,
        Int128? large,
        string[] names,
        [JobEventTag] Quality tagged,
        [JobEventTag] Channels? untagged,
        [JobEventTag("address")] Uri tag);

    [JobEvent("everything", "{quality} {channels} {source} {version}")]
    public static partial JobEvent Everything(
        string jobId,
        ImageInfo image,
        ImageInfo? noImage,
        Scalars scalars,
        Collections collections,
        Point point,
        Point? noPoint,
        Quality quality,
        Quality? noQuality,
        Channels channels,
        Uri source,
        Version version,
        byte[] bytes,
        JsonElement json,
        Half half,
        Int128? large,
        string[] names,
        [JobEventTag] Quality tagged,
        [JobEventTag] Channels? untagged,
        [JobEventTag("address")] Uri tag);

    [JobEvent("tree")]
    public static partial void LogTree(this IJobEventLogger logger, string jobId, Node? root, Broken? broken, int after = 1);

    [JobEvent("tree")]
    public static partial JobEvent Tree(string jobId, Node? root, Broken? broken);

    [JobEvent("page")]
    public static partial void LogPage(this IJobEventLogger logger, string jobId, Page<ImageInfo> page);
}
