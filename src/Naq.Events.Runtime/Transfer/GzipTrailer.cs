using System.Buffers.Binary;

namespace Naq.Events.Transfer;

/// <summary>
/// Passes gzip on and remembers its last bytes: <see cref="System.IO.Compression.GZipStream"/> ends in silence where its input is cut off,
/// but the last four bytes of a whole file are the length of its content (RFC 1952, section 2.3.1).
/// </summary>
internal sealed class GzipTrailer(Stream gzip) : Stream
{
    private readonly byte[] _last = new byte[4];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether the content that was read is all that there is.</summary>
    public bool IsOf(long contentLength) => BinaryPrimitives.ReadUInt32LittleEndian(_last) == unchecked((uint)contentLength);

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
        if (read.Length < _last.Length)
            _last.AsSpan(read.Length).CopyTo(_last);

        var kept = read[^Math.Min(read.Length, _last.Length)..];
        kept.CopyTo(_last.AsSpan(_last.Length - kept.Length));
    }
}
