namespace Naq.Events.Logging;

/// <summary>How full a logger's buffer is.</summary>
/// <param name="Waiting">Events that are not sent yet.</param>
/// <param name="UnderWay">Events that were sent and have no outcome.</param>
/// <param name="Bytes">Their bytes, subjects included.</param>
/// <param name="BusySince">The timestamp at which the buffer was last empty before the events that are in it.</param>
internal readonly record struct BufferDepth(int Waiting, int UnderWay, long Bytes, long BusySince)
{
    public int Events => Waiting + UnderWay;
}
