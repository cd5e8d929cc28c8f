namespace Naq.Events.Processing;

/// <content>Taking deliveries, as many as there is room for.</content>
internal sealed partial class Lanes
{
    /// <returns>Whether it was taken; <see langword="null"/> when there is no room until the task is done.</returns>
    private bool? TryAdd(JobEventDelivery delivery, LaneKey key, out Task? room)
    {
        lock (_lock)
        {
            room = null;
            if (_completed)
                return false;

            if (_free == 0)
            {
                Announce();
                _roomWanted ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _roomWanted.Task;
                return null;
            }

            _free--;
            Take(delivery, key);
            return true;
        }
    }

    private async ValueTask<bool> WaitAndAddAsync(JobEventDelivery delivery, LaneKey key, Task room, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Complete and the end of the session come together: what waits here is told of the one or the other, and given back.
            await room.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (TryAdd(delivery, key, out var next) is { } added)
                return added;

            if (cancellationToken.IsCancellationRequested)
                return false;

            room = next!;
        }
    }

    private void Take(JobEventDelivery delivery, LaneKey key)
    {
        if (_open.TryGetValue(key, out var lane))
        {
            Enqueue(lane, delivery);
            return;
        }

        if (!_spare.TryPop(out lane))
            lane = new Lane();

        lane.Key = key;
        lane.Deliveries.Enqueue(delivery);
        _open.Add(key, lane);
        _unannounced.Add(lane);
        if (_unannounced.Count == MostUnannounced)
            Announce();
    }

    /// <summary>
    /// Lets who waits for room go on when half of it is free, so that it is not woken for each event; or when nothing is ready any more, so that
    /// a slow job does not keep others from coming.
    /// </summary>
    private void GiveRoom()
    {
        if (_roomWanted is not { } wanted || !(_completed || _free >= _capacity / 2 || (_free > 0 && _ready.IsEmpty)))
            return;

        _roomWanted = null;
        wanted.SetResult();
    }
}
