namespace Naq.Events.Logging;

/// <summary>
/// Events in order, in a ring that grows. One is removed at the front, or anywhere by its position: a gap closes when all before it
/// are gone. To remove many touches a few cache lines, not each event.
/// </summary>
internal sealed class EventQueue
{
    private BufferedEvent?[] _ring = new BufferedEvent?[64];
    private long _front;
    private long _end;

    /// <summary>The events in it.</summary>
    public int Count { get; private set; }

    /// <summary>The position that the next event gets.</summary>
    public long End => _end;

    private int Mask => _ring.Length - 1;

    public void Add(BufferedEvent added)
    {
        if (_end - _front == _ring.Length)
            Grow();

        _ring[_end++ & Mask] = added;
        Count++;
    }

    /// <summary>The first event, or <see langword="null"/>.</summary>
    public BufferedEvent? Peek() => _front == _end ? null : _ring[_front & Mask];

    /// <summary>Removes the first event.</summary>
    public BufferedEvent RemoveFirst()
    {
        var first = _ring[_front & Mask]!;
        Remove(_front);
        return first;
    }

    /// <summary>Removes the event at a position.</summary>
    public void Remove(long position)
    {
        _ring[position & Mask] = null;
        Count--;
        while (_front < _end && _ring[_front & Mask] is null)
            _front++;
    }

    /// <summary>The event at a place from the front on; <see langword="null"/> in a gap.</summary>
    public BufferedEvent? At(int place) => _ring[(_front + place) & Mask];

    /// <summary>The places from the front to the end, gaps included.</summary>
    public int Places => (int)(_end - _front);

    private void Grow()
    {
        var ring = new BufferedEvent?[_ring.Length * 2];
        for (var position = _front; position < _end; position++)
            ring[position & (ring.Length - 1)] = _ring[position & Mask];

        _ring = ring;
    }
}
