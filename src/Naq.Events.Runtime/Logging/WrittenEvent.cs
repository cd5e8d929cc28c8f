namespace Naq.Events.Logging;

/// <summary>An event as a log call wrote it, before it is copied into the buffer.</summary>
/// <param name="bytes">Its JSON, then its subject.</param>
/// <param name="payloadLength">The bytes of the JSON.</param>
/// <param name="id">The event's id.</param>
/// <param name="traceParent">The W3C trace context.</param>
internal readonly ref struct WrittenEvent(ReadOnlySpan<byte> bytes, int payloadLength, Guid id, string? traceParent)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int PayloadLength { get; } = payloadLength;

    public Guid Id { get; } = id;

    public string? TraceParent { get; } = traceParent;
}
