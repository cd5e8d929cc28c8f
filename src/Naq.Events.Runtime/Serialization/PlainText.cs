using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Naq.Events.Serialization;

/// <summary>Text that is the same in UTF-16, in UTF-8 and in a JSON string but for its width, as nearly all texts of events are.</summary>
internal static class PlainText
{
    private const int Lanes = 8;

    /// <summary>Copies ASCII without control characters, quotation marks and reverse solidi.</summary>
    /// <returns>Whether the text is nothing else; if not, what was written counts for nothing.</returns>
    public static bool TryCopy(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (destination.Length < text.Length)
            return false;

        var utf16 = MemoryMarshal.Cast<char, ushort>(text);
        var position = 0;
        if (Vector128.IsHardwareAccelerated && text.Length >= Lanes)
        {
            for (; position <= text.Length - Lanes; position += Lanes)
            {
                if (!TryCopyLanes(utf16, destination, position))
                    return false;
            }

            // The last lanes may overlap those before.
            return position == text.Length || TryCopyLanes(utf16, destination, text.Length - Lanes);
        }

        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (character is < ' ' or > '~' and not '\x7F' or '"' or '\\')
                return false;

            destination[position] = (byte)character;
        }

        return true;
    }

    private static bool TryCopyLanes(ReadOnlySpan<ushort> utf16, Span<byte> destination, int position)
    {
        var lanes = Vector128.Create(utf16.Slice(position, Lanes));
        var special = Vector128.LessThan(lanes, Vector128.Create((ushort)' '))
            | Vector128.GreaterThan(lanes, Vector128.Create((ushort)0x7F))
            | Vector128.Equals(lanes, Vector128.Create((ushort)'"'))
            | Vector128.Equals(lanes, Vector128.Create((ushort)'\\'));
        if (special != Vector128<ushort>.Zero)
            return false;

        Vector128.Narrow(lanes, lanes).GetLower().CopyTo(destination[position..]);
        return true;
    }
}
