using System.Buffers;
using System.Buffers.Binary;

namespace Naq.Events.Transfer;

/// <summary>
/// Passes gzip on and remembers the lengths in it: <see cref="System.IO.Compression.GZipStream"/> ends in silence where its input is cut off,
/// but the last four bytes of each member of a whole file are the length of its content (RFC 1952, section 2.3.1). Where a member ends only
/// the decoder knows, and does not tell: what looks like the beginning of one is taken for it, and once in some 100 MB is none.
/// </summary>
internal sealed class GzipTrailer(Stream gzip) : Stream
{
    private const int LengthBytes = 4;
    private const int HeaderBytes = 4;
    private const byte ReservedFlags = 0xE0;

    // The two bytes of every header, and the one method of compression there is.
    private static readonly byte[] Magic = [0x1F, 0x8B, 0x08];

    private readonly List<uint> _lengths = [];
    private readonly byte[] _last = new byte[LengthBytes + HeaderBytes - 1];
    private int _kept;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether the content that was read is all that there is.</summary>
    public bool IsOf(long contentLength)
    {
        if (_kept < LengthBytes)
            return false;

        // Lengths are modulo 2^32, and so is their sum.
        var before = unchecked((uint)contentLength - BinaryPrimitives.ReadUInt32LittleEndian(_last.AsSpan(_kept - LengthBytes)));
        var sum = _lengths.Aggregate(0u, static (sum, length) => unchecked(sum + length));
        return before == 0 || sum == before || _lengths.Exists(none => unchecked(sum - none) == before);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = gzip.Read(buffer);
        Remember(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Remember(buffer.Span[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            gzip.Dispose();

        base.Dispose(disposing);
    }

    private void Remember(ReadOnlySpan<byte> read)
    {
        if (read.IsEmpty)
            return;

        var rented = ArrayPool<byte>.Shared.Rent(_kept + read.Length);
        var bytes = rented.AsSpan(0, _kept + read.Length);
        _last.AsSpan(0, _kept).CopyTo(bytes);
        read.CopyTo(bytes[_kept..]);
        NoteMembers(bytes);
        _kept = Math.Min(bytes.Length, _last.Length);
        bytes[^_kept..].CopyTo(_last);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Notes the length before each header that follows something: magic bytes, deflate, and flags that are defined.</summary>
    private void NoteMembers(ReadOnlySpan<byte> bytes)
    {
        // The flags come after the magic bytes.
        for (var header = LengthBytes; header + HeaderBytes <= bytes.Length; header++)
        {
            var next = bytes[header..^1].IndexOf(Magic);
            if (next < 0)
                return;

            header += next;
            if ((bytes[header + 3] & ReservedFlags) == 0)
                _lengths.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(header - LengthBytes)..]));
        }
    }
}
