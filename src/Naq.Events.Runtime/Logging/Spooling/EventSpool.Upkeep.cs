namespace Naq.Events.Logging.Spooling;

/// <content>What is done in the background, by a work item that runs once at a time.</content>
internal sealed partial class EventSpool
{
    void IThreadPoolWorkItem.Execute()
    {
        lock (_working)
        {
            _ = Interlocked.Exchange(ref _scheduled, 0);
            WriteReports();
            RemoveDropped();
            while (_done.TryDequeue(out var done))
            {
                if (!TryRenew(done))
                    Delete(done);
            }

            Prepare();
            if (Interlocked.Exchange(ref _flushDue, false))
                Flush();
        }
    }

    private void RemoveDropped()
    {
        while (_dropped.TryDequeue(out var dropped))
        {
            _settings.OnDropped(ReadIds(dropped));
            Delete(dropped);
        }
    }

    private static Guid[] ReadIds(SpoolSegment segment)
    {
        var ids = new List<Guid>((int)segment.Count);
        var scratch = new byte[4096];
        var position = SpoolSegment.FirstPosition;
        var last = 0L;
        SpoolRead read;
        while ((read = segment.Read(ref position, last, ref scratch, out var record)) != SpoolRead.End)
        {
            if (read == SpoolRead.Record)
            {
                last = record.Order;
                ids.Add(record.Id);
            }
        }

        return [.. ids];
    }

    private void Flush()
    {
        SpoolSegment[] written;
        lock (_settings.Gate)
        {
            if (_disposed)
                return;

            written = [.. _segments.SkipWhile(segment => segment.Number < (_flushedUpTo?.Number ?? 0))];
        }

        foreach (var segment in written)
            segment.Flush();

        _position.Flush();
        _flushedUpTo = written is [.., { } last] ? last : null;
    }

    private void FlushLater()
    {
        Volatile.Write(ref _flushDue, true);
        Schedule();
    }

    private void Fail(string problem)
    {
        if (_problem is not null)
            return;

        _problem = problem;
        Report(problem);
    }

    private void Report(object report)
    {
        _reports.Enqueue(report);
        Schedule();
    }

    private void WriteReports()
    {
        while (_reports.TryDequeue(out var report))
        {
            switch (report)
            {
                case SpoolDamage damage:
                    SpoolLog.Damaged(_settings.Log, damage.Bytes, damage.File, damage.Offset);
                    break;
                case string problem:
                    SpoolLog.Unavailable(_settings.Log, problem, _settings.DropsOldest ? "the oldest" : "the newest");
                    break;
                default:
                    SpoolLog.Available(_settings.Log, _slot.Directory);
                    break;
            }
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
