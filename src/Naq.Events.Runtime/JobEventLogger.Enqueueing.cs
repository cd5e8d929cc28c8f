using Naq.Events.CompilerServices;
using Naq.Events.Hosting;
using Naq.Events.Logging;
using Naq.Events.Logging.Spooling;

namespace Naq.Events;

/// <content>How events get into the buffer.</content>
public sealed partial class JobEventLogger
{
    private void Log(ref JobEventWriter writer, string? traceParent)
    {
        if (!IsUsable(ref writer))
            return;

        var written = writer.WithSubject(_subjectPrefix, traceParent ?? CurrentTrace());
        var result = Enqueue(in written, _overflow);

        // Only Wait leaves it to the caller what to do.
        if (result == EnqueueResult.Full)
            result = WaitAndEnqueue(in written);

        Report(result, written.Id);
    }

    private ValueTask LogAsync(ref JobEventWriter writer, string? traceParent, CancellationToken cancellationToken)
    {
        if (!IsUsable(ref writer))
            return default;

        var written = writer.WithSubject(_subjectPrefix, traceParent ?? CurrentTrace());
        var result = Enqueue(in written, overflow: null);
        if (result != EnqueueResult.Full)
        {
            Report(result, written.Id);
            return default;
        }

        return WaitAndEnqueueAsync(written.Bytes.ToArray(), written.PayloadLength, written.Id, written.TraceParent, cancellationToken);
    }

    private EnqueueResult Enqueue(in WrittenEvent written, JobEventOverflow? overflow)
    {
        while (true)
        {
            var result = _buffer.Enqueue(in written, overflow, out var dropped);
            if (result is EnqueueResult.DroppedOldest or EnqueueResult.DroppedForRoom)
                _losses.Add(JobEventLossKind.Overflow, OverflowReason, dropped);

            if (result != EnqueueResult.DroppedForRoom)
                return result;
        }
    }

    /// <summary>Blocks the caller's thread, as it has asked for, without any other: the pool may have none left.</summary>
    private EnqueueResult WaitAndEnqueue(in WrittenEvent written)
    {
        var began = _timeProvider.GetTimestamp();
        while (true)
        {
            var left = _options.Logger.WaitTimeout - _timeProvider.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !Blocking.Wait(_buffer.WaitForRoomAsync(written.Bytes.Length), left, _timeProvider))
                return EnqueueResult.DroppedThis;

            var result = Enqueue(in written, overflow: null);
            if (result != EnqueueResult.Full)
                return result;
        }
    }

    private async ValueTask WaitAndEnqueueAsync(
        byte[] bytes, int payloadLength, Guid id, string? traceParent, CancellationToken cancellationToken)
    {
        EnqueueResult result;
        do
        {
            await _buffer.WaitForRoomAsync(bytes.Length).WaitAsync(cancellationToken).ConfigureAwait(false);
            result = Enqueue(new WrittenEvent(bytes, payloadLength, id, traceParent), overflow: null);
        }
        while (result == EnqueueResult.Full);

        Report(result, id);
    }

    private void Report(EnqueueResult result, Guid id)
    {
        switch (result)
        {
            case EnqueueResult.Closed:
                _losses.Add(JobEventLossKind.Abandoned, Disposed, id);
                return;
            case EnqueueResult.DroppedThis:
                _losses.Add(JobEventLossKind.Overflow, OverflowReason, id);
                return;
            case EnqueueResult.Spooled:
                Meter.AddSpooled();
                break;
        }

        Meter.AddLogged();
    }

    private string OverflowReason => _options.Logger.Overflow == JobEventOverflow.Spool ? SpoolOverflowed : Overflowed;

    /// <summary>Without a spool, events are logged all the same: in memory, which the log says.</summary>
    private EventSpool? OpenSpool(JobEventSpoolOptions options)
    {
        try
        {
            EventSpool? spool = null;
            _buffer.OpenSpool(gate => spool = EventSpool.Open(
                new SpoolSettings
                {
                    // Other services publish to other subjects, and perhaps to another server.
                    Directory = Path.Combine(Path.GetFullPath(options.Directory!), $"{_options.SubjectPrefix}.{_options.Environment}.{_options.Service}"),
                    MaxBytes = options.MaxBytes,
                    SegmentBytes = options.SegmentBytes,
                    DropsOldest = options.WhenFull == JobEventOverflow.DropOldest,
                    FlushInterval = options.FlushInterval,
                    Gate = gate,
                    OnDropped = ids => _losses.Add(JobEventLossKind.Overflow, SpoolOverflowed, ids),
                    Log = OwnLog,
                    TimeProvider = _timeProvider,
                },
                LongestSpoolOpening));
            if (spool!.Unread > 0)
                SpoolLog.LeftBehind(OwnLog, spool.Unread, spool.Directory);

            return spool;
        }
        catch (SpoolException exception)
        {
            SpoolLog.Unavailable(OwnLog, exception.Message, options.WhenFull == JobEventOverflow.DropOldest ? "the oldest" : "the newest");
            return null;
        }
    }
}
