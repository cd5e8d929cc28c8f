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

    private BufferedEvent Append(in WrittenEvent written, long order)
    {
        if (Live == 0)
            _busySince = timeProvider.GetTimestamp();

        if (!_free.TryPop(out var added))
            added = new BufferedEvent();

        added.Segment = Copy(written.Bytes, out var bytes);
        added.Payload = bytes[..written.PayloadLength];
        added.Subject = bytes[written.PayloadLength..];
        added.Id = written.Id;
        added.TraceParent = written.TraceParent;
        added.Order = order;
        added.IsSpooled = false;
        added.MaybeSentSince = 0;
        _bytes += bytes.Length;
        _waiting.Add(added);
        return added;
    }

    private BufferSegment Copy(ReadOnlySpan<byte> bytes, out Memory<byte> copy)
    {
        if (_segment is { } current)
        {
            if (current.TryCopy(bytes, out copy))
                return current;

            // A full segment lives on through its events; an idle one that is too small has none.
            if (current.IsIdle)
                Free(current);
        }

        _segment = _freeSegments ?? new BufferSegment(pool);
        _freeSegments = _segment.Next;
        _segment.Rent(Math.Max(BufferSegment.DefaultSize, bytes.Length));
        _ = _segment.TryCopy(bytes, out copy);
        return _segment;
    }

    private void Free(BufferSegment segment)
    {
        segment.Return();
        segment.Next = _freeSegments;
        _freeSegments = segment;
    }
}
