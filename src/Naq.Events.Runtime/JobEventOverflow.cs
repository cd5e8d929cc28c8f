namespace Naq.Events;

/// <summary>What happens to events when the logger's buffer is full. <c>LogAsync</c> waits for room under each of them.</summary>
public enum JobEventOverflow
{
    /// <summary>The oldest event that was not sent yet is dropped.</summary>
    DropOldest = 0,

    /// <summary>The event being logged is dropped.</summary>
    DropNewest = 1,

    /// <summary>
    /// The log call waits for room, on its thread, up to <see cref="JobEventLoggerOptions.WaitTimeout"/>; then the event is dropped.
    /// </summary>
    Wait = 2,

    /// <summary>
    /// Every event is written to disk in its log call, and read back from there when the buffer has room; see
    /// <see cref="JobEventSpoolOptions"/>. What was logged outlives the process, and is published by the next one.
    /// </summary>
    Spool = 3,
}
