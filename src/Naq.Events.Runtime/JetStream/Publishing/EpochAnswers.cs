using System.Runtime.InteropServices;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>What the server answers in one epoch of a publisher's window: over one link, from its first event to its last.</summary>
internal sealed class EpochAnswers(AckWindow window, int epoch, PublisherSettings settings, AutoResetSignal work) : IPublishAnswers
{
    private readonly List<int> _acknowledged = [];
    private readonly CompletedEvents _completed = new();
    private volatile string? _refusal;
    private volatile bool _streamMissing;
    private volatile bool _anyStored;
    private int _openBatches;
    private volatile bool _overloaded;
    private volatile bool _suspectsEvents;
    private volatile bool _wakesOnAnswers;

    /// <summary>Why the server refused an event that is to be sent again; nothing more is then sent in this epoch.</summary>
    public string? Refusal => _refusal;

    /// <summary>Whether nobody listens to the events' subjects.</summary>
    public bool StreamMissing => _streamMissing;

    public bool AnyStored => _anyStored;

    /// <summary>The batches that were sent and have no answer.</summary>
    public int OpenBatches => Volatile.Read(ref _openBatches);

    public void BatchSent() => Interlocked.Increment(ref _openBatches);

    /// <summary>Whether the server had more before it than it takes.</summary>
    public bool Overloaded => _overloaded;

    /// <summary>Whether one of several events was refused for what it is, and nobody knows which.</summary>
    public bool SuspectsEvents => _suspectsEvents;

    /// <summary>From here on, the sender wants to know of every answer.</summary>
    public void WakeOnAnswers() => _wakesOnAnswers = true;

    public void Read(int slot, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            RefuseUnheard(slot);
        else if (PublishAckParser.Parse(payload) is { Refusal: not null } refused)
            Refuse(slot, in refused);
        else
            _acknowledged.Add(slot);

        // Only this thread takes away from it; after the refusal, which ends the sending.
        if (OpenBatches > 0)
            _ = Interlocked.Decrement(ref _openBatches);
    }

    public void Pause()
    {
        if (_acknowledged.Count > 0)
        {
            _completed.Clear();
            window.Complete(epoch, CollectionsMarshal.AsSpan(_acknowledged), _completed);
            _anyStored |= _completed.Count > 0;
            _acknowledged.Clear();
            _completed.ReportStored();
            if (JobEventMetrics.PublishDuration.Enabled && _completed.Count > 0)
                JobEventMetrics.PublishDuration.Record(settings.TimeProvider.GetElapsedTime(_completed.FirstSentAt).TotalSeconds, settings.Tags);
        }

        if (_refusal is not null || _wakesOnAnswers)
            work.Set();
    }

    /// <summary>Gives an event up.</summary>
    public void Reject(int slot, string reason)
    {
        var others = new CompletedEvents();
        if (window.GiveUp(epoch, slot, others, out var bufferedEvent) is not { } outcomes)
            return;

        others.ReportStored();
        JetStreamLog.EventRejected(settings.Logger, bufferedEvent.Id, reason);
        outcomes.Rejected(bufferedEvent, reason);
    }

    /// <summary>
    /// Nobody listens. The answers to all that is under way are waited for, as after any refusal: once the stream is there again, the server would take what it has
    /// not read yet, and store it before what is sent again.
    /// </summary>
    private void RefuseUnheard(int slot)
    {
        _streamMissing = true;
        if (window.Refuse(epoch, slot) > 0)
            window.Postpone(epoch, slot, counts: false);

        _refusal = "nobody stores events there: JetStream is not ready, or the stream was removed";
    }

    private void Refuse(int slot, in PublishAck ack)
    {
        var reason = $"the server refuses: {ack.Refusal} (error {ack.ErrorCode})";
        _overloaded |= ack.ErrorCode == JetStreamError.TooManyRequests;
        var refusals = window.Refuse(epoch, slot);
        if (refusals == 0)
        {
            // One of several: which one, it will say when they are sent one by one.
            _suspectsEvents |= !IsMomentary(ack.ErrorCode);
            _refusal = reason;
        }
        else if (IsMomentary(ack.ErrorCode))
        {
            window.Postpone(epoch, slot, counts: false);
            _refusal = reason;
        }
        else if (refusals > settings.RetryAttempts || ack.ErrorCode == JetStreamError.MessageTooLarge)
        {
            Reject(slot, reason);
        }
        else
        {
            window.Postpone(epoch, slot, counts: true);
            _refusal = reason;
        }
    }

    /// <summary>The server's own troubles, which say nothing of the event: an election, an overload, an event still under way.</summary>
    private static bool IsMomentary(int errorCode) => errorCode is JetStreamError.ClusterNotAvailable or JetStreamError.ClusterNotLeader
        or JetStreamError.IdInProcess or JetStreamError.TooManyRequests;
}
