namespace Naq.Events.Processing;

/// <summary>The times of an exclusive run, which are parts of how long a process may give no sign of life.</summary>
/// <param name="ackWait">That.</param>
internal readonly struct ExclusiveTimes(TimeSpan ackWait)
{
    /// <summary>Between two renewals of the lease.</summary>
    public TimeSpan KeepInterval => ackWait / 15;

    /// <summary>How long one renewal may take.</summary>
    public TimeSpan KeepTimeout => ackWait / 10;

    /// <summary>How long after its last renewal a process begins with events.</summary>
    public TimeSpan Fence => ackWait / 3;

    /// <summary>How long one request for events lasts: who takes over waits until those of the former process have ended.</summary>
    public TimeSpan Request => ackWait / 3;

    /// <summary>How long after its last sign of life a process has no turn any more; its leases are its own for longer.</summary>
    public TimeSpan ForgetAfter => ackWait / 5;

    /// <summary>How long after the last renewal another process takes over: what runs when the fence is over has the rest to end.</summary>
    public TimeSpan TakeOverAfter => ackWait / 2;
}
