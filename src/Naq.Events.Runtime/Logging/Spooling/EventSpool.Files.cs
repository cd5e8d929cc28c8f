using System.Collections.Concurrent;
using System.Globalization;

namespace Naq.Events.Logging.Spooling;

/// <content>
/// Files: the next one is made ready while the present one fills, so that a log call creates none, save when events come faster than
/// the disk takes them. The work item takes the owner's lock for moments only.
/// </content>
internal sealed partial class EventSpool
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _creating = new();
    private readonly Lock _working = new();
    private readonly ConcurrentQueue<SpoolSegment> _done = new();
    private readonly ConcurrentQueue<SpoolSegment> _dropped = new();
    private readonly Queue<VanishedEvents> _vanished = new();
    private readonly ConcurrentQueue<object> _reports = new();
    private SpoolSegment? _spare;
    private long _droppedUpTo;
    private long _nextNumber = 1;
    private string? _problem;
    private long _failedAt;

    // The work item waits until all is open.
    private int _scheduled = 1;
    private bool _flushDue;
    private SpoolSegment? _flushedUpTo;

    public void Dispose()
    {
        _flushTimer?.Dispose();
        lock (_settings.Gate)
        {
            if (_disposed)
                return;

            _disposed = true;
        }

        lock (_working)
        {
            WriteReports();
            RemoveDropped();

            // A slot without files is one that left nothing behind.
            if (_position.Acknowledged >= LastOrder)
                _segments.ForEach(Delete);

            CloseFiles();
        }
    }

    private void CloseFiles()
    {
        if (_spare is { } spare)
            Delete(spare);

        while (_done.TryDequeue(out var done))
            Delete(done);

        foreach (var segment in _segments)
            segment.Dispose();

        _position.Dispose();
        _slot.Dispose();
    }

    private bool TryRoll(int eventBytes)
    {
        if (SpoolRecord.HeadLength + SpoolRecord.MaxTraceLength + 8L + eventBytes > _settings.UsedSegmentBytes - SpoolSegment.FirstPosition)
            return false;

        if (_segments.Count >= _settings.MaxSegments && !(_settings.DropsOldest && DropOldest()))
        {
            Fail(
                $"The spool in {_slot.Directory} is full (JobEventLoggerOptions.Spool.MaxBytes is {_settings.MaxBytes}), since the store "
                + "has not taken its events.");
            return false;
        }

        if (_failedAt != 0 && _settings.TimeProvider.GetElapsedTime(_failedAt) < RetryInterval)
            return false;

        try
        {
            var closed = _writer;
            var wasRead = Unread == 0;
            _writer = AddSegment();
            closed.Close();
            if (wasRead)
                ReadUpToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failedAt = _settings.TimeProvider.GetTimestamp();
            Fail(SpoolException.Of(exception, _slot.Directory).Message);

            // What is dropped makes room for the next attempt.
            if (_settings.DropsOldest && exception is IOException io && SpoolException.IsDiskFull(io))
                _ = DropOldest();

            return false;
        }

        if (_problem is not null)
        {
            _problem = null;
            _reports.Enqueue(this);
        }

        _failedAt = 0;
        Schedule();
        return true;
    }

    /// <summary>Drops the oldest segment of which nothing was read.</summary>
    private bool DropOldest()
    {
        var index = _segments.IndexOf(_reader) + 1;
        if (index >= _segments.Count - 1)
            return false;

        var dropped = _segments[index];
        _segments.RemoveAt(index);
        Vanish(dropped.Count, Math.Max(_reader.LastOrder, _droppedUpTo) + 1);
        _droppedUpTo = dropped.LastOrder;
        _dropped.Enqueue(dropped);
        Schedule();
        return true;
    }

    private SpoolSegment AddSegment()
    {
        lock (_creating)
        {
            var added = _spare ?? CreateSegment();
            _spare = null;
            _segments.Add(added);
            return added;
        }
    }

    private SpoolSegment CreateSegment()
    {
        var number = _nextNumber++;
        return SpoolSegment.Create(PathOf(number), _settings.UsedSegmentBytes, number);
    }

    private string PathOf(long number) =>
        Path.Combine(_slot.Directory, number.ToString("D12", CultureInfo.InvariantCulture) + ".events");

    /// <summary>Makes the next segment of one that is done: new files and new pages cost log calls more than all else here.</summary>
    private bool TryRenew(SpoolSegment done)
    {
        lock (_settings.Gate)
        {
            if (_disposed)
                return false;
        }

        lock (_creating)
        {
            if (_spare is not null || done.Length != _settings.UsedSegmentBytes)
                return false;

            var number = _nextNumber++;
            try
            {
                _spare = done.Renew(PathOf(number), number);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private void Prepare()
    {
        lock (_settings.Gate)
        {
            if (_disposed || _segments.Count >= _settings.MaxSegments)
                return;
        }

        lock (_creating)
        {
            try
            {
                _spare ??= CreateSegment();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The log call that needs it tries again, and reports it.
            }
        }
    }

    private void Remove(SpoolSegment segment)
    {
        _done.Enqueue(segment);
        Schedule();
    }

    private void Delete(SpoolSegment segment)
    {
        segment.Dispose();
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SpoolLog.NotRemoved(_settings.Log, segment.Path, exception.Message);
        }
    }
}
