using System.Diagnostics.CodeAnalysis;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// A queue of events on disk: appended in the log call, read when there is room in memory, acknowledged when each up to an order has its
/// outcome. All calls are made under the owner's lock; files are created ahead and removed by a work item of its own.
/// </summary>
internal sealed partial class EventSpool : IDisposable, IThreadPoolWorkItem
{
    private readonly SpoolSettings _settings;
    private readonly SpoolSlot _slot;
    private readonly SpoolPosition _position;
    private readonly List<SpoolSegment> _segments = [];
    private readonly ITimer? _flushTimer;
    private SpoolSegment _writer;
    private SpoolSegment _reader;
    private int _readPosition = SpoolSegment.FirstPosition;
    private long _readInSegment;
    private long _lastRead;
    private byte[] _scratch = new byte[4096];
    private bool _disposed;

    /// <summary>The sub-directory that this process has claimed.</summary>
    public string Directory => _slot.Directory;

    /// <summary>The order of the last event that was appended.</summary>
    public long LastOrder { get; private set; }

    /// <summary>How many events have not been read; a little off where files are damaged, and right again when they have been read.</summary>
    public long Unread { get; private set; }

    /// <summary>The order of the last event that was read, or that the owner kept in memory.</summary>
    public long LastRead => _lastRead;

    /// <summary>All events up to this order have their outcome.</summary>
    public long Acknowledged => _position.Acknowledged;

    /// <summary>The events up to this order may have been sent by the process before this one.</summary>
    public long TakenBefore { get; private set; }

    /// <summary>Appends an event.</summary>
    /// <param name="written">The event.</param>
    /// <param name="order">Its order, greater than all before.</param>
    /// <param name="isRead">Whether the owner keeps it in memory too; only while nothing is unread.</param>
    /// <returns>False when there is no room, or the file system refuses.</returns>
    public bool TryAppend(in WrittenEvent written, long order, bool isRead) =>
        TryAppend(in written, order, isRead, _settings.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), maybeStored: false);

    /// <summary>Reads the next event.</summary>
    /// <param name="spooled">The event, until the next call.</param>
    /// <returns>False when there is none.</returns>
    public bool TryRead(out SpooledEvent spooled)
    {
        spooled = default;
        while (!_disposed)
        {
            var from = _readPosition;
            switch (_reader.Read(ref _readPosition, _lastRead, ref _scratch, out var record))
            {
                case SpoolRead.Record:
                    _readInSegment++;
                    _lastRead = record.Order;
                    Unread = Math.Max(0, Unread - 1);
                    spooled = SpoolSegment.EventOf(in record, _scratch);
                    return true;
                case SpoolRead.Damage:
                    Report(new SpoolDamage(_reader.Path, from, _readPosition - from));
                    break;
                default:
                    if (!ReadNextSegment())
                        return false;

                    break;
            }
        }

        return false;
    }

    /// <summary>Events up to this order are handed to the publisher.</summary>
    public void Take(long order)
    {
        if (!_disposed && order > _position.Taken)
            _position.Taken = order;
    }

    /// <summary>Events up to this order have their outcome: they need not be kept.</summary>
    public void Acknowledge(long order)
    {
        if (_disposed || order <= _position.Acknowledged)
            return;

        _position.Acknowledged = order;
        while (_segments.Count > 1 && _segments[0] is { } oldest && oldest != _reader && oldest.LastOrder <= order)
        {
            _segments.RemoveAt(0);
            Remove(oldest);
        }
    }

    /// <summary>Tells once of events that were counted as unread, and were dropped or are lost in damage.</summary>
    public bool TryTakeVanished([NotNullWhen(true)] out VanishedEvents? vanished) => _vanished.TryDequeue(out vanished);

    private bool TryAppend(in WrittenEvent written, long order, bool isRead, long time, bool maybeStored)
    {
        if (_disposed || (!_writer.TryAppend(in written, order, time, maybeStored)
            && !(TryRoll(written.Bytes.Length) && _writer.TryAppend(in written, order, time, maybeStored))))
        {
            return false;
        }

        LastOrder = order;
        if (isRead)
            ReadUpToEnd();
        else
            Unread++;

        return true;
    }

    private void ReadUpToEnd()
    {
        _reader = _writer;
        _readPosition = _writer.End;
        _readInSegment = _writer.Count;
        _lastRead = LastOrder;
    }

    private void Vanish(long count, long firstOrder = 0)
    {
        count = Math.Clamp(count, 0, Unread);
        Unread -= count;
        if (count > 0)
            _vanished.Enqueue(new VanishedEvents(count, firstOrder));
    }

    private bool ReadNextSegment()
    {
        // What was counted and not found is lost in damage.
        Vanish(_reader.Count - _readInSegment);
        if (_reader == _writer)
        {
            Vanish(Unread);
            _readInSegment = _reader.Count;
            return false;
        }

        _reader = _segments[_segments.IndexOf(_reader) + 1];
        _readPosition = SpoolSegment.FirstPosition;
        _readInSegment = 0;
        return true;
    }
}
