namespace Naq.Events.Logging;

/// <summary>Events that wait, in order, in a ring that grows.</summary>
internal sealed class WaitingQueue
{
    private WaitingEvent[] _ring = new WaitingEvent[64];
    private int _front;

    /// <summary>The events in it.</summary>
    public int Count { get; private set; }

    /// <summary>The order of the first event; only when there is one.</summary>
    public long FirstOrder => _ring[_front].Order;

    /// <summary>Sees to it that the next <see cref="Add"/> needs no memory.</summary>
    public void EnsureRoom()
    {
        if (Count == _ring.Length)
            Grow();
    }

    /// <summary>Adds an event, to be filled in.</summary>
    public ref WaitingEvent Add()
    {
        EnsureRoom();
        return ref _ring[(_front + Count++) & (_ring.Length - 1)];
    }

    /// <summary>Removes the first event; it may be read until another is added.</summary>
    public ref readonly WaitingEvent RemoveFirst()
    {
        ref var first = ref _ring[_front];
        _front = (_front + 1) & (_ring.Length - 1);
        Count--;
        return ref first;
    }

    /// <summary>The event at a place from the front on.</summary>
    public ref readonly WaitingEvent At(int place) => ref _ring[(_front + place) & (_ring.Length - 1)];

    private void Grow()
    {
        var ring = new WaitingEvent[_ring.Length * 2];
        for (var place = 0; place < Count; place++)
            ring[place] = At(place);

        _ring = ring;
        _front = 0;
    }
}
