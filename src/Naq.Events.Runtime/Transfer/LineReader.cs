using System.Buffers;

namespace Naq.Events.Transfer;

/// <summary>Reads lines of bounded length, and passes over those that are longer without holding them.</summary>
internal sealed class LineReader(Stream source, int maxBytes) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>How many bytes were read from the source.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the line that was read last is longer than it may be; its content is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The line that was read last, without its end. It is valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <returns>Whether there was a line.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        Line = default;
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return Take(searched + length, 1);

            searched = _end - _start;
            if (searched > maxBytes)
            {
                IsTooLong = true;
                _start = _end;
                searched = 0;
            }

            if (_isAtEnd)
                return (searched > 0 || IsTooLong) && Take(searched, 0);

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Take(int length, int separator)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + separator;
        Number++;
        IsTooLong |= length > maxBytes;
        Line = IsTooLong ? default : line.TrimEnd((byte)'\r');
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _isAtEnd = read == 0;
        _end += read;
        Bytes += read;
    }
}
