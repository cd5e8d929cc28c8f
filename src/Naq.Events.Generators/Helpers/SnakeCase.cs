using System.Globalization;
using System.Text;

namespace Naq.Events.Generators.Helpers;

/// <summary>
/// Turns a C# name into a JSON name exactly as <c>JsonNamingPolicy.SnakeCaseLower</c> does, which netstandard2.0 does not have.
/// A test compares the two.
/// </summary>
internal static class SnakeCase
{
    private enum Previous
    {
        Nothing,
        Upper,
        LowerOrDigit,
        Space,
    }

    public static string From(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        var previous = Previous.Nothing;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            switch (char.GetUnicodeCategory(c))
            {
                case UnicodeCategory.UppercaseLetter:
                    if (StartsWord(name, i, previous))
                    {
                        text.Append('_');
                    }

                    text.Append(char.ToLowerInvariant(c));
                    previous = Previous.Upper;
                    break;

                case UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber:
                    if (previous == Previous.Space)
                    {
                        text.Append('_');
                    }

                    text.Append(c);
                    previous = Previous.LowerOrDigit;
                    break;

                case UnicodeCategory.SpaceSeparator:
                    previous = previous == Previous.Nothing ? Previous.Nothing : Previous.Space;
                    break;

                default:
                    text.Append(c);
                    previous = Previous.Nothing;
                    break;
            }
        }

        return text.ToString();
    }

    // Within a run of capitals only the last begins a word, and only when a small letter follows: URLPath is url_path.
    private static bool StartsWord(string name, int index, Previous previous) => previous switch
    {
        Previous.LowerOrDigit or Previous.Space => true,
        Previous.Upper => index + 1 < name.Length && char.GetUnicodeCategory(name[index + 1]) == UnicodeCategory.LowercaseLetter,
        _ => false,
    };
}
