using Microsoft.CodeAnalysis.Text;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Baselines;

/// <summary>
/// A line of a baseline: <c>payment_captured</c>, <c>payment_captured.details.amount: decimal</c>, or one of these after
/// <c>*REMOVED*</c>.
/// </summary>
/// <param name="Text">The line without its mark.</param>
/// <param name="Span">Where it stands in its file.</param>
/// <param name="IsRemoved">Whether it says that something shipped is gone on purpose.</param>
/// <param name="Event">The event's wire token; empty when the line is malformed.</param>
/// <param name="Field">The field; <see langword="null"/> when the line is about the event itself.</param>
internal sealed record BaselineLine(string Text, TextSpan Span, bool IsRemoved, string Event, EventFieldSpec? Field)
{
    public const string RemovedMark = "*REMOVED*";

    public bool IsMalformed => Event.Length == 0;

    /// <summary>Reads a file; empty lines and those that begin with # are passed over.</summary>
    public static IReadOnlyList<BaselineLine> ParseAll(SourceText file) =>
        [.. file.Lines.Select(Parse).OfType<BaselineLine>()];

    /// <summary>How a field of an event is written.</summary>
    public static string Of(string name, EventFieldSpec field) => $"{name}.{field}";

    private static BaselineLine? Parse(TextLine line)
    {
        var text = line.ToString().Trim();
        if (text.Length == 0 || text[0] == '#')
            return null;

        var isRemoved = text.StartsWith(RemovedMark, StringComparison.Ordinal);
        text = isRemoved ? text.Substring(RemovedMark.Length).Trim() : text;
        var end = text.TakeWhile(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_').Count();
        if (end == text.Length)
            return new BaselineLine(text, line.Span, isRemoved, text, null);

        var field = text[end] == '.' ? EventFieldSpec.Parse(text.Substring(end + 1)) : null;
        return new BaselineLine(text, line.Span, isRemoved, field is null ? "" : text.Substring(0, end), field);
    }
}
