using System.Buffers.Binary;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// A file of fixed size that events are appended to. It begins with a mark, the version, its number and a checksum; when no more
/// come it is sealed: a mark behind the last record, and in front the last order and how many there are.
/// </summary>
internal sealed partial class SpoolSegment : IDisposable
{
    /// <summary>Where the first record begins.</summary>
    public const int FirstPosition = 64;

    private const int NumberOffset = 8;
    private const int ChecksumOffset = 16;
    private const int LastOrderOffset = 24;
    private const int CountOffset = 32;
    private const int Seal = -1;

    private static readonly long Magic = BinaryPrimitives.ReadInt64LittleEndian("NAQSPL01"u8);

    private readonly MappedFile _file;
    private bool _isEndKnown;

    private SpoolSegment(string path, MappedFile file, long number)
    {
        Path = path;
        Number = number;
        _file = file;
        LastOrder = file.Read<long>(LastOrderOffset);
        Count = file.Read<long>(CountOffset);
    }

    public string Path { get; }

    /// <summary>Its place among the segments.</summary>
    public long Number { get; }

    /// <summary>The order of its last event; 0 while it has none.</summary>
    public long LastOrder { get; private set; }

    /// <summary>How many events were written to it.</summary>
    public long Count { get; private set; }

    /// <summary>Where the next record is appended.</summary>
    public int End { get; private set; } = FirstPosition;

    public bool IsSealed { get; private set; }

    public int Length => _file.Length;

    /// <exception cref="IOException">There is no room.</exception>
    public static SpoolSegment Create(string path, int bytes, long number)
    {
        var file = MappedFile.Create(path, bytes);
        return Begin(path, file, number);
    }

    /// <summary>Whether a file is being created, or made ready to be used again.</summary>
    public static bool IsBlank(string path)
    {
        Span<byte> mark = stackalloc byte[sizeof(long)];
        using var file = File.OpenHandle(path);
        return !mark[..RandomAccess.Read(file, mark, 0)].ContainsAnyExcept((byte)0);
    }

    /// <summary>Makes another segment of this one's file, whose blocks and pages are there already. This one is not to be used any more.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public SpoolSegment Renew(string path, long number)
    {
        // Without its mark, the file is nothing to a process that finds it half-way.
        _file.Write(0, 0L);
        _file.Clear(sizeof(long), _isEndKnown ? Math.Min(_file.Length, End + sizeof(int)) : _file.Length);
        File.Move(Path, path);
        return Begin(path, _file, number);
    }

    /// <summary>Opens a segment of an earlier process.</summary>
    /// <returns><see langword="null"/> when the file is none.</returns>
    public static SpoolSegment? Open(string path)
    {
        if (new FileInfo(path).Length < FirstPosition)
            return null;

        var file = MappedFile.Open(path);
        if (file.Read<long>(0) == Magic && file.Read<uint>(ChecksumOffset) == Checksum(file))
        {
            var segment = new SpoolSegment(path, file, file.Read<long>(NumberOffset));
            segment.IsSealed = segment.LastOrder > 0;
            return segment;
        }

        file.Dispose();
        return null;
    }

    public bool TryAppend(in WrittenEvent written, long order, long time, bool maybeStored)
    {
        Span<byte> head = stackalloc byte[SpoolRecord.HeadLength + SpoolRecord.MaxTraceLength];
        var headLength = SpoolRecord.WriteHead(head, in written, order, time, maybeStored, Number, out var length);

        // The seal needs its place too.
        var next = (long)End + SpoolRecord.Padded(length);
        if (IsSealed || next > _file.Length - sizeof(int))
            return false;

        // The length comes last: without it there is no record, and the process may end at any moment.
        _file.Write(End + sizeof(int), head[sizeof(int)..headLength]);
        _file.Write(End + headLength, written.Bytes);
        _file.Write(End, length);
        End = (int)next;
        LastOrder = order;
        Count++;
        return true;
    }

    /// <summary>Takes no more events.</summary>
    public void Close()
    {
        if (IsSealed)
            return;

        IsSealed = true;
        _file.Write(CountOffset, Count);
        _file.Write(LastOrderOffset, LastOrder);
        if (End <= _file.Length - sizeof(int))
            _file.Write(End, Seal);
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private static SpoolSegment Begin(string path, MappedFile file, long number)
    {
        file.Write(NumberOffset, number);
        Span<byte> head = stackalloc byte[ChecksumOffset];
        BinaryPrimitives.WriteInt64LittleEndian(head, Magic);
        file.Read(NumberOffset, head[NumberOffset..]);
        file.Write(ChecksumOffset, SpoolRecord.Add(uint.MaxValue, head));
        file.Write(0, Magic);
        return new SpoolSegment(path, file, number) { _isEndKnown = true };
    }

    private static uint Checksum(MappedFile file)
    {
        Span<byte> head = stackalloc byte[ChecksumOffset];
        file.Read(0, head);
        return SpoolRecord.Add(uint.MaxValue, head);
    }
}
