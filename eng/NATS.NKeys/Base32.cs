namespace NATS.NKeys;

/// <summary>RFC 4648 section 6, upper case and without padding, as keys are written.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private const int BitsPerCharacter = 5;

    public static int DecodedLength(int characters) => characters * BitsPerCharacter / 8;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + BitsPerCharacter - 1) / BitsPerCharacter];
        var written = 0;
        var buffer = 0;
        var bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= BitsPerCharacter)
            {
                bits -= BitsPerCharacter;
                text[written++] = Alphabet[(buffer >> bits) & 0x1F];
            }

            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            text[written] = Alphabet[(buffer << (BitsPerCharacter - bits)) & 0x1F];
        }

        return new string(text);
    }

    /// <summary>Writes <see cref="DecodedLength"/> bytes; false, and nothing to rely on, when the text is not canonical base32.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var written = 0;
        var buffer = 0;
        var bits = 0;
        foreach (var character in text)
        {
            var value = ValueOf(character);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << BitsPerCharacter) | value;
            bits += BitsPerCharacter;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        // Bits left over are padding: a whole character of them, or one that is set, is text that no encoder writes.
        return bits < BitsPerCharacter && buffer == 0;
    }

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= '2' and <= '7' => character - '2' + 26,
        _ => -1,
    };
}
