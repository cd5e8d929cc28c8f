using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Naq.Events.Serialization;

/// <summary>
/// Makes the ids of events: UUIDs of version 7 (RFC 9562, section 5.7), from a time in milliseconds and 74 random bits. Random
/// bytes are fetched from the system many at once, since that costs more than all else in a log call.
/// </summary>
internal static class EventId
{
    private const int RandomLength = 10;
    private const int IdsAtOnce = 128;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    /// <summary>An id for an event of that time, which is not before 1970.</summary>
    public static Guid Create(DateTimeOffset timestamp)
    {
        var random = _random ??= NewRandom();
        if (_used == random.Length)
        {
            RandomNumberGenerator.Fill(random);
            _used = 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, timestamp.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(_used, RandomLength).CopyTo(bytes[6..]);
        _used += RandomLength;
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static byte[] NewRandom()
    {
        var random = new byte[RandomLength * IdsAtOnce];
        _used = random.Length;
        return random;
    }
}
