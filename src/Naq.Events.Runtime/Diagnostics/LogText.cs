using System.Globalization;
using System.Text;

namespace Naq.Events.Diagnostics;

/// <summary>Texts of events and handlers in a log: they must not make lines of their own, nor commands for a terminal.</summary>
internal static class LogText
{
    /// <summary>The text with its control characters and line separators as <c>\uXXXX</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (IsUnsafe(character))
                _ = escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            else
                _ = escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
