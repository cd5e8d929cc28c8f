using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Naq.Events.Runtime.Tests.Serialization;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Redaction;

public sealed class RedactedKeyPropertyTests
{
    // Few letters, so that patterns and names often meet.
    private static readonly Gen<string> Name = Gen.String[Gen.OneOf<char>('a', 'B', 'é', '_', '-'), 0, 6];

    private static readonly Gen<string> Pattern = Gen.String[Gen.OneOf<char>('A', 'b', 'É', '*', '_'), 1, 5]
        .Where(static pattern => pattern.Any(static character => character != '_'));

    [Fact]
    public void Exactly_the_values_of_matching_names_are_replaced() =>
        Gen.Select(EventGen.FieldsNamed(Gen.OneOf(Name, EventGen.Text)), Pattern.Array[1, 4]).Sample(
            static (fields, patterns) => Assert.Equal(Expected(fields, patterns), Compact(Redacted(fields, patterns))),
            iter: 3_000);

    [Fact]
    public void Where_nothing_matches_the_bytes_stay() =>
        EventGen.Fields.Sample(
            static fields => Assert.Equal(fields, Redacted(fields, ["no_such_name_in_the_details*"])),
            iter: 1_000);

    [Fact]
    public void Redacting_in_place_gives_the_same() =>
        Gen.Select(EventGen.FieldsNamed(Name), Pattern.Array[1, 4]).Sample(
            static (fields, patterns) =>
            {
                var buffer = Utf8JsonBuffer.Rent();
                buffer.Raw("before"u8);
                buffer.Raw(fields.Utf8);
                KeyRedaction.Of(patterns)!.Apply(buffer, "before".Length);
                Assert.Equal($"before{Redacted(fields, patterns)}", Encoding.UTF8.GetString(buffer.Written));
                buffer.Return();
            },
            iter: 1_000);

    [Fact]
    public void What_was_redacted_in_place_is_left_in_no_memory_for_others()
    {
        var json = """{"password":"what nobody else may see"}"""u8;
        var buffer = Utf8JsonBuffer.Rent();
        buffer.Raw(json);
        KeyRedaction.Of(["password"])!.Apply(buffer, 0);

        // The pool gives the array that this thread gave back last.
        var next = ArrayPool<byte>.Shared.Rent(json.Length);
        Assert.Equal(-1, next.AsSpan().IndexOf("nobody"u8));
        ArrayPool<byte>.Shared.Return(next);
        Assert.Equal("""{"password":"***"}"""u8, buffer.Written);
        buffer.Return();
    }

    private static JobEventFields Redacted(JobEventFields fields, string[] patterns)
    {
        var buffer = Utf8JsonBuffer.Rent();
        KeyRedaction.Of(patterns)!.Write(buffer, fields);
        var written = JobEventFields.Parse(buffer.Written);
        buffer.Return();
        return written;
    }

    private static string Compact(JobEventFields fields) => Expected(fields, []);

    // The same, said with regular expressions and a tree.
    private static string Expected(JobEventFields fields, string[] patterns)
    {
        var expressions = patterns.Select(static pattern => Regex.Escape(Folded(pattern)).Replace("\\*", ".*", StringComparison.Ordinal));
        var any = new Regex($"^({string.Join("|", expressions)})\\z", RegexOptions.Singleline);
        var text = new StringBuilder();
        Append(JsonElement.Parse(fields.Utf8));
        return text.ToString();

        void Append(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Append(item);
                    text.Append(';');
                }

                text.Append(']');
                return;
            }

            if (element.ValueKind != JsonValueKind.Object)
            {
                text.Append(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)));
                return;
            }

            text.Append('{');
            foreach (var member in element.EnumerateObject())
            {
                var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
                var name = JsonText.Unescape(JsonMarshal.GetRawUtf8PropertyName(member), out _);
                text.Append('"').Append(raw).Append("\":");
                if (patterns.Length > 0 && member.Value.ValueKind != JsonValueKind.Null && any.IsMatch(Folded(name)))
                    text.Append("\"***\"");
                else
                    Append(member.Value);

                text.Append(';');
            }

            text.Append('}');
        }
    }

    private static string Folded(string text) =>
        text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
