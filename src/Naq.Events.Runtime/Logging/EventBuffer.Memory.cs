namespace Naq.Events.Logging;

/// <content>Where the bytes of events lie.</content>
internal sealed partial class EventBuffer
{
    /// <summary>How full it is.</summary>
    public BufferDepth Measure()
    {
        lock (_lock)
            return new BufferDepth(_waiting.Count, _taken.Count, _bytes, _busySince);
    }

    private ref WaitingEvent Append(in WrittenEvent written, long order)
    {
        if (Live == 0)
            _busySince = timeProvider.GetTimestamp();

        // What may find no memory comes first, so that no event is half added.
        _waiting.EnsureRoom();
        var segment = Copy(written.Bytes, out var start);
        ref var added = ref _waiting.Add();
        added.Segment = segment;
        added.Start = start;
        added.PayloadLength = written.PayloadLength;
        added.Length = written.Bytes.Length;
        added.Id = written.Id;
        added.TraceParent = written.TraceParent;
        added.Order = order;
        added.IsSpooled = false;
        added.MaybeSentSince = 0;
        _bytes += written.Bytes.Length;
        return ref added;
    }

    private BufferSegment Copy(ReadOnlySpan<byte> bytes, out int start)
    {
        if (_segment is { } current && current.TryCopy(bytes, out start))
            return current;

        var next = _freeSegments ?? new BufferSegment(pool);
        next.Rent(Math.Max(BufferSegment.DefaultSize, bytes.Length));
        _freeSegments = next.Next;

        // A full segment lives on through its events; an idle one that is too small has none.
        if (_segment is { IsIdle: true } idle)
            Free(idle);

        _segment = next;
        _ = next.TryCopy(bytes, out start);
        return next;
    }

    private void Release(BufferSegment segment, int bytes)
    {
        _bytes -= bytes;
        segment.Release();
        if (segment.IsIdle && segment != _segment)
            Free(segment);
    }

    private void Free(BufferSegment segment)
    {
        segment.Return();
        segment.Next = _freeSegments;
        _freeSegments = segment;
    }
}
