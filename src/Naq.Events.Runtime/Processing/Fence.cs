namespace Naq.Events.Processing;

/// <summary>
/// Ends by itself when it is not renewed: a process that was frozen, or does not reach the server, has to know without asking that another may have
/// taken over. It goes by both clocks, since one stands still while a machine sleeps and the other may be set.
/// </summary>
internal sealed class Fence(TimeSpan time, TimeProvider timeProvider)
{
    private long _renewed;
    private long _renewedAt;

    /// <summary>Whether its time is up.</summary>
    public bool IsOver =>
        timeProvider.GetElapsedTime(Volatile.Read(ref _renewed)) > time
        || Math.Abs(timeProvider.GetUtcNow().UtcTicks - Volatile.Read(ref _renewedAt)) > time.Ticks;

    /// <summary>What time it is, for <see cref="Renew"/>: from before the lease was asked for, and not from when the answer came.</summary>
    public (long Timestamp, long Ticks) Now => (timeProvider.GetTimestamp(), timeProvider.GetUtcNow().UtcTicks);

    /// <summary>Begins its time at a moment.</summary>
    public void Renew((long Timestamp, long Ticks) from)
    {
        Volatile.Write(ref _renewed, from.Timestamp);
        Volatile.Write(ref _renewedAt, from.Ticks);
    }
}
