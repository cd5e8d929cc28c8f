namespace Naq.Events.Logging;

/// <summary>
/// An event that waits in the buffer: a cache line, written by the thread that logs and read by the pump, so that nothing else
/// wanders between their processors' caches.
/// </summary>
internal struct WaitingEvent
{
    public Guid Id;
    public string? TraceParent;
    public BufferSegment Segment;
    public int Start;
    public int PayloadLength;
    public int Length;

    /// <summary>Whether it is in the spool too.</summary>
    public bool IsSpooled;

    /// <summary>Its place among all events of the logger, from 1.</summary>
    public long Order;

    /// <summary>When an earlier process may have sent it at the earliest, in Unix milliseconds; 0 when none has.</summary>
    public long MaybeSentSince;
}
