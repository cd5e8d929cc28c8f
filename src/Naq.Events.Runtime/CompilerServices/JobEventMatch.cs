using System.ComponentModel;

namespace Naq.Events.CompilerServices;

/// <summary>Compares fields with the patterns of filters, without allocating. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobEventMatch
{
    /// <summary>Whether the field is there: the pattern <c>*</c>.</summary>
    /// <param name="value">The field.</param>
    public static bool Any(string? value) => value is not null;

    /// <summary>Whether the field starts with a text: the pattern <c>text*</c>.</summary>
    /// <param name="value">The field.</param>
    /// <param name="text">The text.</param>
    public static bool StartsWith(string? value, string text) => value is not null && value.StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether the field ends with a text: the pattern <c>*text</c>.</summary>
    /// <param name="value">The field.</param>
    /// <param name="text">The text.</param>
    public static bool EndsWith(string? value, string text) => value is not null && value.EndsWith(text, StringComparison.Ordinal);

    /// <summary>Whether a text stands in the field: the pattern <c>*text*</c>.</summary>
    /// <param name="value">The field.</param>
    /// <param name="text">The text.</param>
    public static bool Contains(string? value, string text) => value is not null && value.Contains(text, StringComparison.Ordinal);
}
