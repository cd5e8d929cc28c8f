namespace Naq.Events.Logging;

/// <summary>
/// An event in the logger's buffer, ready for the wire. It belongs to the buffer until it is taken, then to whoever took it,
/// until its outcome is reported: after that it is used again for another event.
/// </summary>
internal sealed class BufferedEvent
{
    /// <summary>The event's id, which travels as <c>Nats-Msg-Id</c>.</summary>
    public Guid Id { get; set; }

    /// <summary>The W3C trace context, which travels as <c>traceparent</c>.</summary>
    public string? TraceParent { get; set; }

    /// <summary>The whole subject, ASCII.</summary>
    public ReadOnlyMemory<byte> Subject { get; set; }

    /// <summary>The event's JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>Its place among all events of the logger, from 1.</summary>
    public long Order { get; set; }

    /// <summary>The memory that <see cref="Subject"/> and <see cref="Payload"/> lie in.</summary>
    public BufferSegment? Segment { get; set; }

    /// <summary>Whether it is in the spool too, and so outlives the process.</summary>
    public bool IsSpooled { get; set; }

    /// <summary>When an earlier process may have sent it at the earliest, in Unix milliseconds; 0 when none has.</summary>
    public long MaybeSentSince { get; set; }

    /// <summary>Its place among the taken events.</summary>
    public long Position { get; set; }

    /// <summary>Becomes an event that waited.</summary>
    /// <param name="waiting">The event.</param>
    /// <param name="position">Its place among the taken events.</param>
    public void Fill(in WaitingEvent waiting, long position)
    {
        Segment = waiting.Segment;
        Payload = waiting.Segment.Slice(waiting.Start, waiting.PayloadLength);
        Subject = waiting.Segment.Slice(waiting.Start + waiting.PayloadLength, waiting.Length - waiting.PayloadLength);
        Id = waiting.Id;
        TraceParent = waiting.TraceParent;
        Order = waiting.Order;
        IsSpooled = waiting.IsSpooled;
        MaybeSentSince = waiting.MaybeSentSince;
        Position = position;
    }

    /// <summary>Lets go of what it refers to.</summary>
    public void Clear()
    {
        Segment = null;
        Payload = default;
        Subject = default;
        TraceParent = null;
    }
}
