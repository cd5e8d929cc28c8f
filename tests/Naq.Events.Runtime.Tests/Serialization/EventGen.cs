using System.Globalization;
using System.Text;
using CsCheck;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Events of every shape: any Unicode, lone surrogates among it, empty texts, nested fields.</summary>
internal static class EventGen
{
    // Plain, escaped, multi-byte, half of a pair, a whole pair: each alone finds another mistake.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.String[Gen.Char['a', 'z'], 1, 8],
        Gen.OneOf<string>("\"", "\\", "\n", "\u0001", "\u007f", "é", "漢", "😀", "\ud83d", "\ude00", "\u2028", " ", ".", "*", ">", "%", "%2E", "/"),
        Gen.String[Gen.Char, 0, 6]);

    public static readonly Gen<string> Text = Piece.Array[0, 8].Select(string.Concat);

    public static readonly Gen<string?> MaybeText = Gen.OneOf(Gen.Const((string?)null), Text.Select(static text => (string?)text));

    public static readonly Gen<string> WellFormed = Text.Select(WithoutLoneSurrogates);

    public static readonly Gen<string> JobId = WellFormed
        .Select(static text => text.Length == 0 ? "job" : text);

    public static readonly Gen<string> Name = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['0', '9'], Gen.Const('_')), 1, 64];

    public static readonly Gen<DateTimeOffset> Timestamp =
        Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks]
            .Select(Gen.Int[-14, 14], static (ticks, hours) => Offset(DateTimeOffset.UnixEpoch.AddTicks(ticks), hours));

    public static readonly Gen<JobEventFields> Fields = FieldsNamed(Text);

    public static readonly Gen<IReadOnlyDictionary<string, string>> Tags =
        Gen.Dictionary(Text, Text)[0, 5].Select(static tags => (IReadOnlyDictionary<string, string>)tags);

    private static readonly Gen<double?> Metric = Gen.OneOf(
        Gen.Const((double?)null), Gen.Double.Where(double.IsFinite).Select(static value => (double?)value));

    public static readonly Gen<JobEvent> Event = Gen.Select(
        Gen.Select(JobId, Gen.OneOf(Name, Gen.Enum<JobEventType>().Where(static type => type != JobEventType.Custom).Select(Token)), Timestamp),
        Gen.Select(MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText),
        Gen.Select(Fields, Tags, Fields),
        Gen.Select(Metric, Metric, Metric, Gen.Int[1, int.MaxValue].Select(static value => (int?)value)),
        Gen.Select(MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText),
        static (head, texts, objects, metrics, ours) => new JobEvent(head.Item1, head.Item2)
        {
            Timestamp = head.Item3,
            WorkerId = texts.Item1,
            WorkerType = texts.Item2,
            QueueName = texts.Item3,
            Message = texts.Item4,
            ErrorType = texts.Item5,
            ErrorMessage = texts.Item6,
            Details = objects.Item1,
            Tags = objects.Item2,
            Metadata = objects.Item3,
            DurationMs = metrics.Item1,
            MemoryMb = metrics.Item2,
            CpuTimeMs = metrics.Item3,
            Attempt = metrics.Item4,
            RunId = ours.Item1,
            ParentId = ours.Item2,
            RootId = ours.Item3,
            CorrelationId = ours.Item4,
            ErrorStack = ours.Item5,
            ErrorFingerprint = ours.Item6,
        });

    public static Gen<JobEventFields> FieldsNamed(Gen<string> names) => Gen.Select(names, Value(3)).Array[0, 5].Select(static fields =>
        JobEventFields.Parse("{" + string.Join(",", fields.Select(static field => $"{Quote(field.Item1)}:{field.Item2}")) + "}"));

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            // Half of a pair cannot be written any other way.
            if (character is '"' or '\\' or < ' ' || char.IsSurrogate(character))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }

    private static Gen<string> Value(int depth)
    {
        var scalar = Gen.OneOf(
            Gen.Int.Select(static value => value.ToString(CultureInfo.InvariantCulture)),
            Gen.OneOf<string>("true", "false", "null", "-0.5", "1e400", "{}", "[]"),
            Text.Select(Quote));

        return depth == 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Value(depth - 1).Array[0, 3].Select(static items => $"[{string.Join(",", items)}]"),
                Gen.Select(Text, Value(depth - 1), static (name, value) => $"{{ {Quote(name)} : {value} }}"));
    }

    private static DateTimeOffset Offset(DateTimeOffset timestamp, int hours)
    {
        var offset = TimeSpan.FromHours(hours);
        return timestamp.UtcTicks + offset.Ticks > DateTimeOffset.MaxValue.Ticks ? timestamp : timestamp.ToOffset(offset);
    }

    private static string WithoutLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Token(JobEventType type) => new JobEvent("job", type).EventName;
}
