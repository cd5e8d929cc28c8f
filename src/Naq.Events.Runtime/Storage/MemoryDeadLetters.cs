using Naq.Events.Processing;

namespace Naq.Events.Storage;

/// <summary>The dead letters of one processor, in memory.</summary>
internal sealed class MemoryDeadLetters(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, JobEventDeadLetter> _deadLetters = [];
    private ulong _lastSequence;

    public void Add(JobEventDelivery delivery, DeadLetterReason reason)
    {
        lock (_lock)
        {
            _deadLetters.Add(++_lastSequence, new JobEventDeadLetter
            {
                Sequence = _lastSequence,
                Timestamp = timeProvider.GetUtcNow(),
                Event = delivery.Event,
                EventSequence = delivery.Sequence,
                Cause = reason.Cause,
                Reason = reason.Text,
                Deliveries = delivery.Attempt,
                Handler = reason.Handler,
                ErrorType = reason.ErrorType,
                ErrorMessage = reason.ErrorMessage,
                ErrorFingerprint = reason.ErrorFingerprint,
            });
        }
    }

    public IReadOnlyList<JobEventDeadLetter> All()
    {
        lock (_lock)
            return [.. _deadLetters.Values];
    }

    public JobEventDeadLetter? Find(ulong sequence)
    {
        lock (_lock)
            return _deadLetters.GetValueOrDefault(sequence);
    }

    public JobEventDeadLetter? Remove(ulong sequence)
    {
        lock (_lock)
            return _deadLetters.Remove(sequence, out var removed) ? removed : null;
    }
}
