namespace Naq.Events.Logging.Spooling;

/// <content>Opening: what earlier processes have left comes first.</content>
internal sealed partial class EventSpool
{
    private EventSpool(SpoolSettings settings, SpoolSlot slot)
    {
        _settings = settings;
        _slot = slot;
        _position = SpoolPosition.Open(Path.Combine(slot.Directory, "position"), out var isNew);
        try
        {
            OpenSegments();
            LastOrder = Math.Max(_position.Acknowledged, _segments.Max(static segment => (long?)segment.LastOrder) ?? 0);
            TakenBefore = isNew ? LastOrder : Math.Min(_position.Taken, LastOrder);
            _writer = _reader = _segments is [.., { IsSealed: false } last] ? last : AddSegment();
            _reader = _segments[0];
            Unread = _segments.Sum(static segment => segment.Count);
            SkipAcknowledged();
        }
        catch
        {
            _disposed = true;
            CloseFiles();
            throw;
        }

        if (settings.FlushInterval is { } interval)
            _flushTimer = settings.TimeProvider.CreateTimer(static spool => ((EventSpool)spool!).FlushLater(), this, interval, interval);
    }

    /// <summary>As <see cref="Open(SpoolSettings)"/>, but no longer than some time: a network's file system may never answer.</summary>
    /// <param name="settings">What it needs.</param>
    /// <param name="timeout">The longest wait. A spool that is there later is closed, with all that is in it.</param>
    /// <exception cref="SpoolException">The directory cannot be used, or did not answer in time.</exception>
    public static EventSpool Open(SpoolSettings settings, TimeSpan timeout)
    {
        // A thread of its own: the pool's may all be busy.
        var opening = Task.Factory.StartNew(
            () => Open(settings), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return opening.WaitAsync(timeout, settings.TimeProvider).GetAwaiter().GetResult();
        }
        catch (TimeoutException exception)
        {
            _ = opening.ContinueWith(
                static late => (late.Exception is null ? late.Result : null)?.Dispose(), TaskScheduler.Default);
            throw new SpoolException($"{settings.Directory} did not answer within {timeout.TotalSeconds:0.#} s. Look at its file system.", exception);
        }
    }

    /// <summary>Claims a slot of the directory, and takes over what gone processes have left in others.</summary>
    /// <exception cref="SpoolException">The directory cannot be used.</exception>
    public static EventSpool Open(SpoolSettings settings)
    {
        try
        {
            var spool = Open(settings, SpoolSlot.Claim(settings.Directory));
            foreach (var slot in SpoolSlot.ClaimLeftBehind(settings.Directory))
                spool.Adopt(slot);

            _ = Interlocked.Exchange(ref spool._scheduled, 0);
            spool.Schedule();
            return spool;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SpoolException.Of(exception, settings.Directory);
        }
    }

    private static EventSpool Open(SpoolSettings settings, SpoolSlot slot)
    {
        try
        {
            return new EventSpool(settings, slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private void OpenSegments()
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(_slot.Directory, SpoolSlot.SegmentPattern))
        {
            // A process that ends while it creates a segment leaves it blank.
            if (SpoolSegment.IsBlank(path))
            {
                File.Delete(path);
                continue;
            }

            if (SpoolSegment.Open(path) is { } segment)
            {
                _segments.Add(segment);
                continue;
            }

            Report(new SpoolDamage(path, 0, (int)Math.Min(int.MaxValue, new FileInfo(path).Length)));
            File.Move(path, path + ".damaged", overwrite: true);
        }

        _segments.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        _nextNumber = _segments is [.., { } newest] ? newest.Number + 1 : 1;
        var before = 0L;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (!segment.IsSealed)
                FindEnd(segment, before, isLast: i == _segments.Count - 1);

            before = Math.Max(before, segment.LastOrder);
        }

        // Only what is done is removed: a segment in which nothing can be read has been looked at above, and is reported when it is read.
        foreach (var done in _segments.FindAll(segment => segment.IsSealed && segment.LastOrder <= _position.Acknowledged))
        {
            _ = _segments.Remove(done);
            Remove(done);
        }
    }

    /// <summary>Counts the events of a segment that was not sealed when its process ended.</summary>
    private void FindEnd(SpoolSegment segment, long before, bool isLast)
    {
        var position = SpoolSegment.FirstPosition;
        var lastOrder = before;
        var count = 0L;
        SpoolRead read;
        while ((read = segment.Read(ref position, lastOrder, ref _scratch, out var record)) != SpoolRead.End)
        {
            if (read == SpoolRead.Record)
                (lastOrder, count) = (record.Order, count + 1);
        }

        if (!segment.Continue(position, count > 0 ? lastOrder : 0, count, _settings.UsedSegmentBytes) || !isLast)
            segment.Close();
    }

    private void SkipAcknowledged()
    {
        while (TryRead(out var spooled))
        {
            if (spooled.Order <= _position.Acknowledged)
                continue;

            // The first that is not done is read again.
            _readPosition -= SpoolRecord.Padded(
                SpoolRecord.HeadLength + (spooled.Written.TraceParent?.Length ?? 0) + spooled.Written.Bytes.Length);
            _lastRead = spooled.Order - 1;
            _readInSegment--;
            Unread++;
            return;
        }
    }

    /// <summary>Moves what a gone process has left into this spool.</summary>
    private void Adopt(SpoolSlot slot)
    {
        using var left = Open(_settings with { Gate = new Lock(), FlushInterval = null }, slot);
        var count = 0;
        while (left.TryRead(out var spooled))
        {
            if (!TryAppend(
                spooled.Written, LastOrder + 1, isRead: false, spooled.Time, spooled.MaybeStored || spooled.Order <= left.TakenBefore))
            {
                break;
            }

            left.Acknowledge(spooled.Order);
            count++;
        }

        if (count > 0)
            SpoolLog.Adopted(_settings.Log, count, left.Directory);
    }
}
