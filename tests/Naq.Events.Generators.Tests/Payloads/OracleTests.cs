using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CsCheck;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>What System.Text.Json does with the same types is what the generated classes do, byte for byte.</summary>
public sealed class OracleTests
{
    private static readonly JsonSerializerOptions Oracle = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public void ScalarsAgree() => Check(PayloadGenerators.Scalars, NaqEventsJsonContext.Default.Scalars);

    [Fact]
    public void ImagesAgree() => Check(PayloadGenerators.Images, NaqEventsJsonContext.Default.ImageInfo);

    [Fact]
    public void CollectionsAgree() => Check(PayloadGenerators.Collections, NaqEventsJsonContext.Default.Collections);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"unknown":[{"a":1}],"u8":255,"note":null,"u8":3}""")]
    [InlineData("""{"maybe":null,"url_\u0070ath":"\ud83d\ude00","letter":"\u00e4","f64":1,"f32":1e3}""")]
    [InlineData("null")]
    public void AbsentUnknownAndDoubledMembersAreReadAlike(string json) => Assert.Equal(
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Scalars>(json, Oracle), Oracle),
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, NaqEventsJsonContext.Default.Scalars), Oracle));

    [Theory]
    [InlineData("""{"quality":"draft","width":3}""")]
    [InlineData("""{"quality":3,"height":4,"former":null,"rgb \"channels\"":"red, Blue","format":null}""")]
    [InlineData("""{"quality":"print-ready","pixels":9,"former":"DRAFT","rgb \"channels\"":"Rgb"}""")]
    public void ConstructorsAndEnumsAreReadAlike(string json) => Assert.Equal(
        JsonSerializer.Serialize(JsonSerializer.Deserialize<ImageInfo>(json, Oracle), Oracle),
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, NaqEventsJsonContext.Default.ImageInfo), Oracle));

    [Theory]
    [InlineData("""{"width":1}""")]
    [InlineData("""{"quality":"no such"}""")]
    [InlineData("""{"quality":99999999999}""")]
    [InlineData("""{"quality":null}""")]
    [InlineData("""{"quality":"Draft","width":1.5}""")]
    [InlineData("""{"quality":"Draft","width":"1"}""")]
    [InlineData("""{"quality":"Draft","scalars":[]}""")]
    [InlineData("""{"quality":"Draft","scalars":{"u8":256}}""")]
    [InlineData("""{"quality":"Draft","scalars":{"key":"x"}}""")]
    [InlineData("""{"quality":"Draft","scalars":{"version":"1.x"}}""")]
    [InlineData("""{"quality":"Draft","scalars":{"bytes":"!"}}""")]
    [InlineData("""{"quality":"Draft","scalars":{"clock":"24:00:00"}}""")]
    public void WhatDoesNotFitIsRefusedAlike(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ImageInfo>(json, Oracle));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(json, NaqEventsJsonContext.Default.ImageInfo));
    }

    private static void Check<T>(Gen<T> values, JsonTypeInfo<T> ours) => values.Sample(
        value =>
        {
            var expected = JsonSerializer.Serialize(value, Oracle);
            Assert.Equal(expected, JsonSerializer.Serialize(value, ours));
            Assert.Equal(expected, JsonSerializer.Serialize(JsonSerializer.Deserialize(expected, ours), Oracle));
        },
        iter: 2_000);
}
