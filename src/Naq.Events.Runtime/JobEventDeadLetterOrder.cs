namespace Naq.Events;

/// <summary>What happens to the later events of a job after one of its events became a dead letter.</summary>
public enum JobEventDeadLetterOrder
{
    /// <summary>They are handled: the job goes on without it.</summary>
    Continue,

    /// <summary>
    /// They are parked behind it, in the store, and handled in their order after it was replayed, or without it when it was discarded.
    /// </summary>
    ParkJob,
}
