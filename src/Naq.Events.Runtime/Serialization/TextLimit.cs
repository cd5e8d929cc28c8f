using System.Text;

namespace Naq.Events.Serialization;

/// <summary>Cuts texts at a limit of UTF-8 bytes, at a character's boundary, and marks the cut.</summary>
internal static class TextLimit
{
    private const string Mark = "…[cut]";

    private static readonly int MarkBytes = Encoding.UTF8.GetByteCount(Mark);

    public static bool Fits(ReadOnlySpan<char> text, int limit) =>
        // Three bytes are the most that one UTF-16 unit takes.
        text.Length <= limit / 3 || (text.Length <= limit && Encoding.UTF8.GetByteCount(text) <= limit);

    public static string Cut(string text, int limit)
    {
        if (Fits(text, limit))
            return text;

        var kept = 0;
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > limit - MarkBytes)
                break;

            bytes += rune.Utf8SequenceLength;
            kept += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, kept), Mark);
    }

    /// <summary>Cuts a text of lines behind the last one that fits; within it when not even the first does.</summary>
    public static string CutLines(string text, int limit)
    {
        var cut = Cut(text, limit);
        if (ReferenceEquals(cut, text))
            return text;

        var end = cut.LastIndexOf('\n');
        return end <= 0 ? cut : string.Concat(cut.AsSpan(0, end + 1), Mark);
    }

    /// <summary>Cuts the text that was written to the buffer from <paramref name="start"/> on.</summary>
    public static void Cut(Utf8JsonBuffer buffer, int start, int limit)
    {
        if (buffer.Length - start <= limit)
            return;

        var end = start + limit - MarkBytes;
        while ((buffer.Written[end] & 0xC0) == 0x80)
            end--;

        buffer.Truncate(end);
        buffer.Text(Mark);
    }
}
