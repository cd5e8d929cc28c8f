namespace Naq.Events;

/// <summary>What happens to events when the logger's buffer is full. <c>LogAsync</c> waits for room under each of them.</summary>
public enum JobEventOverflow
{
    /// <summary>The oldest event that was not sent yet is dropped.</summary>
    DropOldest = 0,

    /// <summary>The event being logged is dropped.</summary>
    DropNewest = 1,
}
