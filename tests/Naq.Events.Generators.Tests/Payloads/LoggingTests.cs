using System.Text.Json;
using CsCheck;

namespace Naq.Events.Generators.Tests.Payloads;

public sealed class LoggingTests
{
    [Fact]
    public void ALogCallAndAFactorySayTheSame() => Gen.Select(
        PayloadGenerators.Images, PayloadGenerators.Scalars, PayloadGenerators.Collections).Sample(
        (image, scalars, collections) =>
        {
            var logger = new RecordingLogger();
            var json = JsonElement.Parse("""{ "a": [1, 2] }""");
            var source = new Uri("file.txt", UriKind.Relative);
            logger.LogEverything("j", image, null, scalars, collections, new Point(1, 2), null, Quality.PrintReady, null,
                Channels.Red | Channels.Alpha, source, new Version(1, 2), [1, 2, 3], json, (Half)1.5, 17, ["x"], Quality.Draft, null, source);
            var made = PayloadEvents.Everything("j", image, null, scalars, collections, new Point(1, 2), null, Quality.PrintReady, null,
                Channels.Red | Channels.Alpha, source, new Version(1, 2), [1, 2, 3], json, (Half)1.5, 17, ["x"], Quality.Draft, null, source);

            Assert.Equal(made.Details.ToString(), logger.OnlyEvent.Details.ToString());
            Assert.Equal(made.Tags, logger.OnlyEvent.Tags);
            Assert.Equal("print-ready Red, Alpha file.txt 1.2", made.Message);
            Assert.Equal(made.Message, logger.OnlyEvent.Message);
        },
        iter: 100);

    [Fact]
    public void DetailsAndTagsAreWrittenAsTheirTypesSay()
    {
        var logger = new RecordingLogger();
        logger.LogEverything("j", new ImageInfo(1, 2) { Quality = Quality.Draft }, null, null!, null!, new Point(1, 2), null,
            Quality.PrintReady, null, Channels.Rgb, new Uri("http://a/"), new Version(1, 2), [1, 2, 3],
            JsonElement.Parse("""{ "a": [1, 2] }"""), (Half)1.5, 17, ["x", null!], Quality.Draft, null, new Uri("x", UriKind.Relative));

        Assert.Equal(
            """
            {"image":{"width":1,"height":2,"format":"png","quality":"Draft","former":"Draft","rgb \"channels\"":"None","scalars":null,"pixels":2},
            "point":{"x":1,"y":2},"quality":"print-ready","channels":"Rgb","source":"http://a/","version":"1.2","bytes":"AQID",
            "json":{"a":[1,2]},"half":1.5,"large":17,"names":["x",null]}
            """.ReplaceLineEndings(""),
            logger.OnlyEvent.Details.ToString());
        Assert.Equal("Draft", logger.OnlyEvent.Tags["tagged"]);
        Assert.Equal("x", logger.OnlyEvent.Tags["address"]);
        Assert.Equal(2, logger.OnlyEvent.Tags.Count);
    }

    [Fact]
    public void NullsWhereThereShouldBeNoneAreLeftOut()
    {
        var logger = new RecordingLogger();
        logger.LogEverything("j", null!, null, null!, null!, default, null, default, null, default, null!, null!, null!,
            default, default, null, null!, default, null, null!);

        Assert.Equal(
            """{"point":{"x":0,"y":0},"quality":"Unknown","channels":"None","half":0}""", logger.OnlyEvent.Details.ToString());
        Assert.Equal("Unknown None  ", logger.OnlyEvent.Message);
    }

    [Fact]
    public void AGetterThatThrowsIsMarkedAndTheRestKept()
    {
        var logger = new RecordingLogger();
        logger.LogTree("j", null, new Broken(), after: 2);

        Assert.Equal(
            """{"broken":{"naq_unwritable":"System.InvalidOperationException"},"after":2}""", logger.OnlyEvent.Details.ToString());
        Assert.Throws<InvalidOperationException>(() => PayloadEvents.Tree("j", null, new Broken()));
    }

    [Fact]
    public void AnObjectWithinItselfEndsInAMarker()
    {
        var node = new Node { Name = "n" };
        node.Next = node;
        var logger = new RecordingLogger();
        logger.LogTree("j", node, null);

        var details = logger.OnlyEvent.Details.ToString();
        Assert.Contains("""{"name":"n","next":"naq_too_deep","children":null}""", details, StringComparison.Ordinal);
        Assert.EndsWith(""","after":1}""", details, StringComparison.Ordinal);
        Assert.Equal(62, details.Split("\"name\"").Length - 1);
        Assert.Throws<ArgumentException>(() => PayloadEvents.Tree("j", node, null));
    }

    [Fact]
    public void ObjectsThatReferToEachOtherManyTimesEndAtTheLimitOfAnEvent()
    {
        var node = new Node { Name = "n", Children = [] };
        for (var i = 0; i < 10; i++)
            node.Children.Add(node);

        var logger = new RecordingLogger();
        logger.LogTree("j", node, null);

        Assert.StartsWith("""{"root":{"naq_removed_bytes":""", logger.OnlyEvent.Details.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PayloadEvents.Tree("j", node, null));
    }

    [Fact]
    public void AnEventOfTheGreatestDepthIsReadBack()
    {
        var root = new Node();
        var last = root;
        for (var i = 0; i < 61; i++)
            last = last.Next = new Node();

        var made = PayloadEvents.Tree("j", root, null);
        Assert.Equal(made, JobEvent.Parse(made.ToUtf8Json()) with { Id = made.Id });
    }
}
