using Naq.Events.Logging.Spooling;

namespace Naq.Events.Logging;

/// <content>
/// The spool, which holds every event from its log call until its outcome. While there is room each is in memory too; when there is
/// none, later events are on disk only, and are read from there, in order, as room comes.
/// </content>
internal sealed partial class EventBuffer
{
    // The lock is held meanwhile: log calls wait some ten microseconds.
    private const int MostReadAtOnce = 128;

    private EventSpool? _spool;

    /// <summary>The events that are on disk only.</summary>
    private long Unread => _spool?.Unread ?? 0;

    /// <summary>The events that could be taken now.</summary>
    private long Waiting => _spool is null || !HasRoom(0) ? _waiting.Count : _waiting.Count + Math.Min(Unread, capacity - Live);

    /// <summary>Has events spooled from now on; those that are in the spool already come first.</summary>
    /// <param name="open">Opens it, given the lock under which it is called from then on.</param>
    public void OpenSpool(Func<Lock, EventSpool> open)
    {
        _spool = open(_lock);
        _lastOrder = _spool.LastOrder;
    }

    private bool TrySpool(in WrittenEvent written)
    {
        var isRead = Unread == 0 && HasRoom(written.Bytes.Length);
        if (!_spool!.TryAppend(in written, _lastOrder + 1, isRead))
            return false;

        _lastOrder++;
        if (isRead)
            Append(in written, _lastOrder).IsSpooled = true;

        NoteVanished();
        return true;
    }

    private void ReadSpool(int wanted)
    {
        if (_spool is not { Unread: > 0 } spool)
            return;

        for (var count = 0; count < MostReadAtOnce && _waiting.Count < wanted && HasRoom(0) && spool.TryRead(out var spooled); count++)
        {
            var written = spooled.Written;
            ref var read = ref Append(in written, spooled.Order);
            read.IsSpooled = true;
            if (spooled.MaybeStored || spooled.Order <= spool.TakenBefore)
                read.MaybeSentSince = spooled.Time;
        }

        NoteVanished();
    }

    private void AcknowledgeSpooled()
    {
        if (_spool is null)
            return;

        var oldest = _taken.Peek()?.Order ?? (_waiting.Count > 0 ? _waiting.FirstOrder : null as long?);
        _spool.Acknowledge(oldest - 1 ?? (_spool.Unread > 0 ? _spool.LastRead : _lastOrder));
    }

    /// <summary>Nobody waits for what was dropped from the spool, or is lost there.</summary>
    private void NoteVanished()
    {
        while (_spool!.TryTakeVanished(out var vanished))
        {
            for (var i = _flushes.Count - 1; i >= 0; i--)
            {
                if (_flushes[i].Lose(vanished.Count, vanished.FirstOrder))
                    _flushes.RemoveAt(i);
            }
        }
    }
}
