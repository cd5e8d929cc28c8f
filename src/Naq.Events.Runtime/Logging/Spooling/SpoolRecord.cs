using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// An event in a segment, little-endian: length (4 bytes, without padding), checksum (4), order (8), Unix milliseconds of the log
/// call (8), id (16), length of the subject (2), of the trace context (1), flags (1), length of the JSON (4); then trace context,
/// JSON, subject, and zeros up to a multiple of 8. The checksum is CRC-32C over all that follows it, begun with the segment's number,
/// so that no record passes in another segment.
/// </summary>
internal readonly struct SpoolRecord
{
    public const int HeadLength = 48;
    public const int MaxTraceLength = byte.MaxValue;

    private const byte MaybeStoredFlag = 1;

    private SpoolRecord(ReadOnlySpan<byte> head)
    {
        Length = BinaryPrimitives.ReadInt32LittleEndian(head);
        Checksum = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        Order = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        Time = BinaryPrimitives.ReadInt64LittleEndian(head[16..]);
        Id = new Guid(head.Slice(24, 16), bigEndian: true);
        SubjectLength = BinaryPrimitives.ReadUInt16LittleEndian(head[40..]);
        TraceLength = head[42];
        MaybeStored = (head[43] & MaybeStoredFlag) != 0;
        PayloadLength = BinaryPrimitives.ReadInt32LittleEndian(head[44..]);
    }

    /// <summary>All its bytes, without padding.</summary>
    public int Length { get; }

    public uint Checksum { get; }

    public long Order { get; }

    /// <summary>When it was logged, in Unix milliseconds.</summary>
    public long Time { get; }

    public Guid Id { get; }

    public int SubjectLength { get; }

    public int TraceLength { get; }

    public int PayloadLength { get; }

    /// <summary>Whether an earlier process may have sent it already.</summary>
    public bool MaybeStored { get; }

    /// <summary>Whether its lengths agree, and it ends before <paramref name="available"/>.</summary>
    public bool IsPlausible(int available) =>
        Length <= available && PayloadLength >= 0 && (long)HeadLength + TraceLength + PayloadLength + SubjectLength == Length;

    public static SpoolRecord Read(ReadOnlySpan<byte> head) => new(head);

    /// <summary>The room that so many bytes take.</summary>
    public static int Padded(int length) => (length + 7) & ~7;

    /// <summary>Writes everything before the JSON.</summary>
    /// <returns>How much that is.</returns>
    public static int WriteHead(
        Span<byte> destination, in WrittenEvent written, long order, long time, bool maybeStored, long segment, out int length)
    {
        var trace = WriteTrace(destination[HeadLength..], written.TraceParent);
        length = HeadLength + trace + written.Bytes.Length;
        BinaryPrimitives.WriteInt32LittleEndian(destination, length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], order);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], time);
        _ = written.Id.TryWriteBytes(destination[24..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[40..], (ushort)(written.Bytes.Length - written.PayloadLength));
        destination[42] = (byte)trace;
        destination[43] = maybeStored ? MaybeStoredFlag : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(destination[44..], written.PayloadLength);
        var head = destination[..(HeadLength + trace)];
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Add(Add(Seed(segment), head[8..]), written.Bytes));
        return head.Length;
    }

    /// <summary>Whether the bytes after the checksum are those that were written.</summary>
    public static bool Matches(ReadOnlySpan<byte> record, uint checksum, long segment) => Add(Seed(segment), record[8..]) == checksum;

    /// <summary>Continues a CRC-32C.</summary>
    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));

        foreach (var value in bytes)
            checksum = BitOperations.Crc32C(checksum, value);

        return checksum;
    }

    private static uint Seed(long segment) => BitOperations.Crc32C(uint.MaxValue, (ulong)segment);

    // A trace context has 55 characters. What is longer or no ASCII is not one, and not worth an event.
    private static int WriteTrace(Span<byte> destination, string? trace) =>
        trace is { Length: <= MaxTraceLength } && Encoding.ASCII.TryGetBytes(trace, destination, out var written) ? written : 0;
}
