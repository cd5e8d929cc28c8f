namespace Naq.Events.Logging;

/// <content>Room, in events and in bytes, and those who wait for it.</content>
internal sealed partial class EventBuffer
{
    /// <summary>Completes when a good part of the buffer is free, or at once when an event of that size has room.</summary>
    public Task WaitForRoomAsync(int bytes)
    {
        lock (_lock)
        {
            if (_closed || (HasRoom(bytes) && Unread == 0))
                return Task.CompletedTask;

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    // An event larger than the bound has room in an empty buffer.
    private bool HasRoom(int bytes) => Live < capacity && (_bytes + bytes <= maxBytes || Live == 0);

    /// <summary>Those who wait for room, when a quarter of the buffer is free: to wake them for each event would cost more.</summary>
    private TaskCompletionSource? TakeRoom()
    {
        if (_room is not { } room || (_spool is null && (Live > capacity - Math.Max(1, capacity / 4) || _bytes > maxBytes - (maxBytes / 4))))
            return null;

        _room = null;
        return room;
    }
}
