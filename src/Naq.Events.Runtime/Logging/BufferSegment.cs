using System.Buffers;

namespace Naq.Events.Logging;

/// <summary>
/// Pooled memory for the bytes of several events. It goes back to the pool when the last of them is done; the object is used
/// again with other memory.
/// </summary>
internal sealed class BufferSegment(ArrayPool<byte> pool)
{
    public const int DefaultSize = 64 * 1024;

    private byte[] _bytes = [];
    private int _used;
    private int _live;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsIdle => _live == 0;

    /// <summary>The next free segment, while this one is free.</summary>
    public BufferSegment? Next { get; set; }

    public void Rent(int size) => _bytes = pool.Rent(size);

    public bool TryCopy(ReadOnlySpan<byte> bytes, out int start)
    {
        start = _used;
        if (_bytes.Length - _used < bytes.Length)
            return false;

        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        _live++;
        return true;
    }

    public ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    /// <summary>One event is done. An idle segment starts from its beginning again.</summary>
    public void Release()
    {
        if (--_live == 0)
            _used = 0;
    }

    public void Return()
    {
        pool.Return(_bytes);
        _bytes = [];
    }
}
