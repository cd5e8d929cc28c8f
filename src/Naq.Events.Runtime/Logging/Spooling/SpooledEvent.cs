namespace Naq.Events.Logging.Spooling;

/// <summary>An event as it is read from the spool; its bytes are the reader's until the next one is read.</summary>
/// <param name="order">Its place among all events of this spool.</param>
/// <param name="time">When it was logged, in Unix milliseconds.</param>
/// <param name="maybeStored">Whether an earlier process may have sent it already.</param>
/// <param name="bytes">Its JSON, then its subject.</param>
/// <param name="payloadLength">The bytes of the JSON.</param>
/// <param name="id">The event's id.</param>
/// <param name="traceParent">The W3C trace context.</param>
internal readonly ref struct SpooledEvent(
    long order, long time, bool maybeStored, ReadOnlySpan<byte> bytes, int payloadLength, Guid id, string? traceParent)
{
    public long Order { get; } = order;

    public long Time { get; } = time;

    public bool MaybeStored { get; } = maybeStored;

    public WrittenEvent Written { get; } = new(bytes, payloadLength, id, traceParent);
}
