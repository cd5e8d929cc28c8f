namespace Naq.Events.Logging;

/// <summary>What the buffer did with an event.</summary>
internal enum EnqueueResult
{
    /// <summary>It is in.</summary>
    Accepted,

    /// <summary>It is in, and the oldest waiting event was dropped for it.</summary>
    DroppedOldest,

    /// <summary>It is on disk, and will be sent whatever becomes of the process.</summary>
    Spooled,

    /// <summary>The oldest waiting event was dropped for it, but there is not enough room yet: it is for the caller to try again.</summary>
    DroppedForRoom,

    /// <summary>It was dropped.</summary>
    DroppedThis,

    /// <summary>There is no room, and nothing was done.</summary>
    Full,

    /// <summary>The logger is disposed, and nothing was done.</summary>
    Closed,
}
