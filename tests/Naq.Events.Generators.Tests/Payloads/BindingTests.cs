using System.Text.Json;
using Naq.Events.CompilerServices;

namespace Naq.Events.Generators.Tests.Payloads;

internal sealed partial class PayloadHandlers
{
    public object? Seen { get; private set; }

    [OnJobEvent("by_name")]
    public void ByName(
        ImageInfo image, Quality quality, Quality? former, Uri source, Version? version, byte[] bytes, JsonElement json,
        int[] numbers, IReadOnlyDictionary<string, Point>? places, Channels channels = Channels.Rgb, Half half = default, Node? tree = null) =>
        Seen = FormattableString.Invariant(
            $"{image.Width} {quality} {former} {source} {version} {bytes.Length} {json} {numbers.Length} {places?.Count} {channels} {half} {tree?.Name}");

    [OnJobEvent("whole")]
    public void Whole(string jobId, ImageInfo details2, Scalars? scalars, Point? point) => Seen = (jobId, details2, scalars, point);

    [OnJobEvent("strict")]
    public void Strict(ImageInfo image) => Seen = image;
}

public sealed class BindingTests
{
    [Fact]
    public void ParametersAreReadByTheirTypes() => Assert.Equal(
        "1 Draft  http://a/ 1.2 3 {\"a\":1} 2 1 Red 0 root",
        Dispatch("by_name", """
            {"image":{"width":1,"quality":"Draft"},"quality":"Draft","source":"http://a/","version":"1.2","bytes":"AQID",
            "json":{"a":1},"numbers":[1,2],"places":{"x":{"x":1,"y":2}},"channels":"Red","tree":{"name":"root","next":null}}
            """));

    [Fact]
    public void WhatIsAbsentIsNullOrTheDefault() => Assert.Equal(
        "1 PrintReady  http://a/  3 1 0  Rgb 0 ",
        Dispatch("by_name", """
            {"image":{"width":1,"quality":"Draft"},"quality":"print-ready","source":"http://a/","bytes":"AQID","json":1,"numbers":[]}
            """));

    [Fact]
    public void TagsAreReadAsText()
    {
        var jobEvent = Event("by_name", """{"image":{"quality":"Draft"},"bytes":"AQID","json":1,"numbers":[]}""") with
        {
            Tags = new Dictionary<string, string> { ["quality"] = "print-ready", ["source"] = "a/b", ["half"] = "1.5" },
        };
        Assert.Equal("0 PrintReady  a/b  3 1 0  Rgb 1.5 ", Dispatch(jobEvent));
    }

    [Fact]
    public void AnObjectThatNoDetailIsNamedAfterIsAllDetails()
    {
        var (jobId, image, scalars, point) = ((string, ImageInfo, Scalars?, Point?))Dispatch(
            "whole", """{"width":3,"height":4,"quality":"Draft","u8":7,"point":{"x":1,"y":2}}""")!;
        Assert.Equal("j", jobId);
        Assert.Equal(new ImageInfo(3, 4) { Quality = Quality.Draft }, image);
        Assert.Equal((byte?)7, scalars?.U8);
        Assert.Equal(new Point(1, 2), point);
    }

    [Theory]
    [InlineData("""{"image":{"quality":"Draft","width":"3"}}""", "image.width", "an integer of 32 bits", "the string \"3\"")]
    [InlineData("""{"image":[]}""", "image", "an object", "the array []")]
    [InlineData("""{"image":{"width":1}}""", "image", "an object with a member 'quality'", "none")]
    [InlineData("""{"image":{"quality":"Bad"}}""", "image.quality", "one of Unknown, Draft, print-ready", "the string \"Bad\"")]
    [InlineData("""{"image":{"quality":"Draft","scalars":{"json":{"a":[1]},"key":7}}}""", "image.scalars.key", "a UUID in a string", "the number 7")]
    [InlineData("""{"width":"3"}""", "details.width", "an integer of 32 bits", "the string \"3\"")]
    [InlineData("{}", "details", "an object with a member 'quality'", "none")]
    public void WhatDoesNotFitSaysWhere(string details, string parameter, string expected, string actual)
    {
        var exception = Assert.Throws<JobEventBindingException>(() => Dispatch("strict", details));
        Assert.Equal((parameter, expected, actual), (exception.Parameter, exception.Expected, exception.Actual));
    }

    [Theory]
    [InlineData("""{"numbers":[1,"2"]}""", "numbers[1]")]
    [InlineData("""{"numbers":[],"places":{"here":{"x":1,"y":[]}}}""", "places.here.y")]
    [InlineData("""{"numbers":[],"places":{"here":null}}""", "places.here")]
    public void ThePathLeadsThroughCollections(string details, string parameter)
    {
        var valid = """{"image":{"quality":"Draft"},"quality":"Draft","source":"a","bytes":"","json":1,""" + details[1..];
        Assert.Equal(parameter, Assert.Throws<JobEventBindingException>(() => Dispatch("by_name", valid)).Parameter);
    }

    private static object? Dispatch(string name, string details) => Dispatch(Event(name, details));

    private static object? Dispatch(JobEvent jobEvent)
    {
        var handlers = new PayloadHandlers();
        Call(handlers, jobEvent);
        return handlers.Seen;
    }

    private static void Call<T>(T handlers, JobEvent jobEvent)
        where T : IJobEventHandlers<T>
    {
        foreach (var handler in T.GetHandlers(jobEvent.EventType, jobEvent.EventName).ToArray())
            Assert.True(handler.Invocation(handlers, jobEvent, null!, CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    private static JobEvent Event(string name, string details) => new("j", name) { Details = JobEventFields.Parse(details) };
}
