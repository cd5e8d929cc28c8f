using System.Buffers;
using System.Text;

namespace Naq.Events.Serialization;

/// <summary>
/// Goes through JSON that a reader has found to be valid, without looking at every token again: what is asked for costs as much as the way
/// to it. Positions are those of a value's first byte.
/// </summary>
internal static class ValidJson
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterPlainValue = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>Finds a member of an object. Of several with one name the last counts.</summary>
    /// <returns>Whether there is such a member; a null counts as none.</returns>
    public static bool TryFind(ReadOnlySpan<byte> json, string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var position = SkipSpace(json, SkipSpace(json, 0) + 1);
        while (json[position] != (byte)'}')
        {
            var end = EndOfString(json, position);
            var isWanted = IsName(json[(position + 1)..(end - 1)], name);
            position = SkipSpace(json, SkipSpace(json, end) + 1);
            end = EndOfValue(json, position);
            if (isWanted)
                value = json[position] == (byte)'n' ? default : json[position..end];

            position = SkipSpace(json, end);
            if (json[position] == (byte)',')
                position = SkipSpace(json, position + 1);
        }

        return !value.IsEmpty;
    }

    /// <summary>The text of a string.</summary>
    public static string Text(ReadOnlySpan<byte> json, int position)
    {
        var inside = json[(position + 1)..(EndOfString(json, position) - 1)];
        return inside.Contains((byte)'\\') ? JsonText.Unescape(inside, out _) : Encoding.UTF8.GetString(inside);
    }

    /// <summary>Where a string ends.</summary>
    private static int EndOfString(ReadOnlySpan<byte> json, int position)
    {
        position++;
        while (true)
        {
            position += json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[position] == (byte)'"')
                return position + 1;

            position += 2;
        }
    }

    private static int EndOfValue(ReadOnlySpan<byte> json, int position) => json[position] switch
    {
        (byte)'"' => EndOfString(json, position),
        (byte)'{' or (byte)'[' => EndOfNested(json, position),
        _ => position + json[position..].IndexOfAny(AfterPlainValue),
    };

    private static int EndOfNested(ReadOnlySpan<byte> json, int position)
    {
        var depth = 0;
        do
        {
            position += json[position..].IndexOfAny(Structure);
            if (json[position] == (byte)'"')
            {
                position = EndOfString(json, position);
                continue;
            }

            depth += json[position] is (byte)'{' or (byte)'[' ? 1 : -1;
            position++;
        }
        while (depth > 0);

        return position;
    }

    private static int SkipSpace(ReadOnlySpan<byte> json, int position)
    {
        while (json[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            position++;

        return position;
    }

    private static bool IsName(ReadOnlySpan<byte> utf8, string name)
    {
        if (utf8.Length == name.Length && Ascii.Equals(utf8, name))
            return true;

        // As long as no character takes more than one byte, there is nothing more to compare.
        if (utf8.Length <= name.Length && Ascii.IsValid(name))
            return false;

        return utf8.Contains((byte)'\\') ? JsonText.Unescape(utf8, out _) == name : !Ascii.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == name;
    }
}
