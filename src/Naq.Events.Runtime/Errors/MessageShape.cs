using System.Text;

namespace Naq.Events.Errors;

/// <summary>
/// What messages of one kind have in common: numbers, UUIDs and other hexadecimal ids become <c>#</c>, and of quoted parts only
/// the quotes are left.
/// </summary>
internal static class MessageShape
{
    /// <summary>The most characters of a shape: kinds of errors differ early.</summary>
    private const int Limit = 1024;

    /// <summary>So many hexadecimal digits in a row are an id and not a word, even without a figure among them.</summary>
    private const int HexWithoutFigures = 8;

    private const int UuidLength = 36;
    private const char Number = '#';

    public static void Append(StringBuilder shape, ReadOnlySpan<char> message)
    {
        var quotes = default(Quotes);
        var end = shape.Length + Limit;
        for (var i = 0; i < message.Length && shape.Length < end;)
        {
            var character = message[i];
            if (char.IsLetterOrDigit(character))
            {
                i += AppendWord(shape, message[i..]);
            }
            else if (quotes.FindEnd(message, i) is var close and > 0)
            {
                shape.Append(character).Append(message[close]);
                i = close + 1;
            }
            else
            {
                // A sign belongs to its number, a hyphen to the words it joins.
                var isSign = character is '-' or '+' && char.IsDigit(At(message, i + 1)) && !char.IsLetterOrDigit(At(message, i - 1));
                if (!isSign)
                    shape.Append(character);

                i++;
            }
        }
    }

    /// <returns>The characters that were read.</returns>
    private static int AppendWord(StringBuilder shape, ReadOnlySpan<char> text)
    {
        if (IsUuid(text))
        {
            shape.Append(Number);
            return UuidLength;
        }

        if (LengthOfNumber(text) is var number and > 0)
        {
            shape.Append(Number);
            return number;
        }

        var length = 1;
        while (char.IsLetterOrDigit(At(text, length)))
            length++;

        var word = text[..length];
        if (IsHexadecimal(word))
            shape.Append(Number);
        else
            AppendWithoutFigures(shape, word);

        return length;
    }

    private static void AppendWithoutFigures(StringBuilder shape, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsDigit(word[i]))
                shape.Append(word[i]);
            else if (i == 0 || !char.IsDigit(word[i - 1]))
                shape.Append(Number);
        }
    }

    // 12, 1,234.5, 10.0.0.1, 1.5E-07; 12ab is no number but a word.
    private static int LengthOfNumber(ReadOnlySpan<char> text)
    {
        var length = SkipDigits(text, 0);
        if (length == 0)
            return 0;

        var isWhole = true;
        while (At(text, length) is '.' or ',' && char.IsDigit(At(text, length + 1)))
        {
            length = SkipDigits(text, length + 1);
            isWhole = false;
        }

        if (At(text, length) is 'e' or 'E')
        {
            var digits = length + (At(text, length + 1) is '-' or '+' ? 2 : 1);
            var end = SkipDigits(text, digits);
            if (end > digits && !char.IsLetterOrDigit(At(text, end)))
                return end;
        }

        return isWhole && char.IsLetter(At(text, length)) ? 0 : length;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> word)
    {
        var isMarked = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && word.Length > 2;
        if (isMarked)
            word = word[2..];

        var figures = 0;
        foreach (var character in word)
        {
            if (!char.IsAsciiHexDigit(character))
                return false;

            figures += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return isMarked || figures > 0 || word.Length >= HexWithoutFigures;
    }

    private static bool IsUuid(ReadOnlySpan<char> text)
    {
        if (text.Length < UuidLength || char.IsLetterOrDigit(At(text, UuidLength)))
            return false;

        for (var i = 0; i < UuidLength; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }

        return true;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int from)
    {
        while (char.IsDigit(At(text, from)))
            from++;

        return from;
    }

    private static char At(ReadOnlySpan<char> text, int index) => (uint)index < (uint)text.Length ? text[index] : '\0';
}
