using System.Text.Json;
using CsCheck;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class JobEventFieldsTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Fields_are_found_as_another_reader_finds_them() => EventGen.FieldsNamed(EventGen.WellFormed).Sample(static fields =>
    {
        using var document = JsonDocument.Parse(fields.Utf8.ToArray());
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var name = member.Name;
            var last = document.RootElement.EnumerateObject().Last(other => other.Name == name);
            Assert.Equal(last.Value.ValueKind != JsonValueKind.Null, fields.TryGetValue(name, out var value));
            if (value is not null)
                Assert.Equal(last.Value.GetRawText(), value.Value.GetRawText());
        }
    });

    [Fact]
    public void Typed_reads_give_the_value_or_none()
    {
        var fields = JobEventFields.Parse("""{"text":"t","number":42,"real":1.5,"yes":true,"none":null,"text":"u"}""");
        Assert.Equal("u", fields.GetString("text"));
        Assert.Equal(42, fields.GetInt64("number"));
        Assert.Equal(1.5, fields.GetDouble("real"));
        Assert.True(fields.GetBoolean("yes"));
        Assert.Null(fields.GetString("none"));
        Assert.Null(fields.GetString("absent"));
        Assert.Null(fields.GetInt64("real"));
        Assert.Null(fields.GetInt64("text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"a":1} {}""")]
    [InlineData("""{"a":}""")]
    public void What_is_not_an_object_throws(string json) => Assert.Throws<ArgumentException>(() => JobEventFields.Parse(json));

    [Fact]
    public void Depth_leaves_room_for_the_events_own_object()
    {
        static string Nested(int depth) => $"{{\"a\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}";
        var deepest = new JobEvent("j", "x") { Details = JobEventFields.Parse(Nested(63)) };
        Assert.Equal(deepest.Details, JobEvent.Parse(deepest.ToUtf8Json()).Details);
        Assert.Throws<ArgumentException>(() => JobEventFields.Parse(Nested(64)));
    }

    [Fact]
    public void Built_values_are_written_as_the_json_serializer_writes_them()
    {
        static void Check<T>(Action<JobEventFieldsWriterAdapter, T> add, Gen<T> values) => values.Sample(value =>
        {
            var adapter = new JobEventFieldsWriterAdapter();
            add(adapter, value);
            Assert.Equal($$"""{"v":{{JsonSerializer.Serialize(value, Relaxed)}}}""", adapter.Json);
        });

        Check(static (to, value) => to.Add(value), Gen.Bool);
        Check(static (to, value) => to.Add(value), Gen.Int);
        Check(static (to, value) => to.Add(value), Gen.Long);
        Check(static (to, value) => to.Add(value), Gen.ULong);
        Check(static (to, value) => to.Add(value), Gen.Double.Where(double.IsFinite));
        Check(static (to, value) => to.Add(value), Gen.Float.Where(float.IsFinite));
        Check(static (to, value) => to.Add(value), Gen.Decimal);
        Check(static (to, value) => to.Add(value), Gen.Guid);
        Check(static (to, value) => to.Add(value), Gen.DateTime);
        Check(static (to, value) => to.Add(value), Gen.DateTimeOffset);
        Check(static (to, value) => to.Add(value), Gen.DateOnly);
        Check(static (to, value) => to.Add(value), Gen.TimeOnly);
        Check(static (to, value) => to.Add(value), Gen.TimeSpan);
        Check(static (to, value) => to.Add(value), Gen.String[Gen.Char[' ', '~'], 0, 20]);
    }

    [Fact]
    public void Builders_may_be_nested_and_nulls_add_nothing()
    {
        var outer = new JobEventFieldsBuilder();
        outer.Add("a"u8, 1);
        var inner = new JobEventFieldsBuilder();
        inner.Add("b"u8, (string?)null);
        Assert.True(inner.Build().IsEmpty);
        outer.Add("na\"me"u8, "text");
        Assert.Equal("""{"a":1,"na\"me":"text"}""", outer.Build().ToString());
    }
}
