using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Naq.Events.Generators.Tests.Payloads;

public sealed class JsonContextTests
{
    private static readonly ImageInfo Image = new(1, 2) { Quality = Quality.Draft };

    [Fact]
    public void ATypeIsWrittenAndRead()
    {
        var json = JsonSerializer.Serialize(Image, NaqEventsJsonContext.Default.ImageInfo);
        Assert.StartsWith("""{"width":1,""", json, StringComparison.Ordinal);
        Assert.Equal(Image, JsonSerializer.Deserialize(json, NaqEventsJsonContext.Default.ImageInfo));
        Assert.Equal(Image, JobEventFields.From(Image, NaqEventsJsonContext.Default.ImageInfo).To(NaqEventsJsonContext.Default.ImageInfo));
    }

    [Fact]
    public void ItTakesPartInAChainWithoutReflection()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(new NaqEventsJsonContext(), new DefaultJsonTypeInfoResolver()),
        };
        Assert.Equal(
            $$"""{"Image":{{JsonSerializer.Serialize(Image, NaqEventsJsonContext.Default.ImageInfo)}},"Points":[{"x":1,"y":2}],"None":null,"Quality":"print-ready"}""",
            JsonSerializer.Serialize(new Wrapper(Image, [new Point(1, 2)], null, Quality.PrintReady), options));
        Assert.Equal(
            new Wrapper(null, null, new Point(1, 2), null),
            JsonSerializer.Deserialize<Wrapper>("""{"None":{"x":1,"y":2}}""", options));
    }

    [Fact]
    public void TypesItDoesNotKnowAreLeftToOthers()
    {
        Assert.Null(NaqEventsJsonContext.Default.GetTypeInfo(typeof(JsonContextTests)));
        Assert.NotNull(NaqEventsJsonContext.Default.GetTypeInfo(typeof(Point?)));
    }

    [Fact]
    public void AMisfitSaysWhere()
    {
        var exception = Assert.ThrowsAny<JsonException>(
            () => JsonSerializer.Deserialize("""[{"quality":"Bad"}]""", NaqEventsJsonContext.Default.ListOfListOfImageInfo));
        Assert.Contains("an array", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnObjectWithinItselfThrowsAsWithSystemTextJson()
    {
        var node = new Node();
        node.Next = node;
        Assert.Throws<JsonException>(() => JsonSerializer.Serialize(node, NaqEventsJsonContext.Default.Node));
    }

    private sealed record Wrapper(ImageInfo? Image, List<Point>? Points, Point? None, Quality? Quality);
}
