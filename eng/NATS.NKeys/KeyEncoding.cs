using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NATS.NKeys;

/// <summary>
/// How keys are written: a public key is its role's prefix, 32 bytes and a checksum; a seed has two prefix bytes, which
/// carry "seed" and the role across the byte boundary so that the text starts with S and the role's letter.
/// </summary>
internal static class KeyEncoding
{
    public const int KeyLength = 32;

    public const byte AccountPrefix = 0;

    public const byte UserPrefix = 20 << 3;

    private const byte ClusterPrefix = 2 << 3;
    private const byte ServerPrefix = 13 << 3;
    private const byte OperatorPrefix = 14 << 3;
    private const byte SeedPrefix = 18 << 3;
    private const byte CurvePrefix = 23 << 3;

    private const int ChecksumLength = 2;
    private const int SeedLength = 2 + KeyLength + ChecksumLength;
    private const int SeedCharacters = ((SeedLength * 8) + 4) / 5;

    public static string EncodePublicKey(byte prefix, ReadOnlySpan<byte> publicKey)
    {
        Span<byte> raw = stackalloc byte[1 + KeyLength + ChecksumLength];
        raw[0] = prefix;
        publicKey.CopyTo(raw[1..]);
        return EncodeWithChecksum(raw);
    }

    public static string EncodeSeed(byte prefix, ReadOnlySpan<byte> seed)
    {
        Span<byte> raw = stackalloc byte[SeedLength];
        raw[0] = (byte)(SeedPrefix | (prefix >> 5));
        raw[1] = (byte)((prefix & 0x1F) << 3);
        seed.CopyTo(raw[2..]);
        var text = EncodeWithChecksum(raw);
        CryptographicOperations.ZeroMemory(raw);
        return text;
    }

    /// <returns>The role's prefix; the seed's 32 bytes are in <paramref name="seed"/>.</returns>
    /// <exception cref="NKeysException">The text is not a seed that can sign.</exception>
    public static byte DecodeSeed(ReadOnlySpan<char> text, Span<byte> seed)
    {
        if (text.Length != SeedCharacters)
        {
            throw new NKeysException($"An NKey seed has {SeedCharacters} characters; this one has {text.Length}.");
        }

        Span<byte> raw = stackalloc byte[SeedLength];
        try
        {
            if (!Base32.TryDecode(text, raw))
            {
                throw new NKeysException("The NKey seed is not base32: its characters are A-Z and 2-7, in upper case.");
            }

            var body = raw[..^ChecksumLength];
            if (Crc16.Compute(body) != BinaryPrimitives.ReadUInt16LittleEndian(raw[^ChecksumLength..]))
            {
                throw new NKeysException("The NKey seed's checksum is wrong: it was cut or mistyped.");
            }

            if ((raw[0] & 0xF8) != SeedPrefix)
            {
                throw new NKeysException($"The key starts with '{text[0]}', so it is not a seed: seeds start with 'S'.");
            }

            var prefix = (byte)(((raw[0] & 7) << 5) | (raw[1] >> 3));
            ThrowUnlessItSigns(prefix, text[1]);
            body[2..].CopyTo(seed);
            return prefix;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    private static void ThrowUnlessItSigns(byte prefix, char letter)
    {
        if (prefix == CurvePrefix)
        {
            throw new NKeysException("The NKey seed is of a curve key ('SX'), which encrypts and cannot sign.");
        }

        if (prefix is not (AccountPrefix or UserPrefix or ClusterPrefix or ServerPrefix or OperatorPrefix))
        {
            throw new NKeysException(
                $"The NKey seed's role '{letter}' is unknown: it is one of A (account), C (cluster), N (server), O (operator), U (user).");
        }
    }

    private static string EncodeWithChecksum(Span<byte> raw)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(raw[^ChecksumLength..], Crc16.Compute(raw[..^ChecksumLength]));
        return Base32.Encode(raw);
    }
}
