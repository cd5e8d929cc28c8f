using Naq.Events.Serialization;

namespace Naq.Events;

public sealed partial record JobEvent
{
    /// <summary>
    /// Whether both say the same: their ids and every member that travels. Where an event is stored (<see cref="Sequence"/>,
    /// <see cref="Environment"/>, <see cref="Service"/>) is not part of what it says.
    /// </summary>
    /// <param name="other">The other event.</param>
    public bool Equals(JobEvent? other) => ReferenceEquals(this, other) || (other is not null
        && Id == other.Id
        && JobId == other.JobId
        && EventName == other.EventName
        && Timestamp == other.Timestamp
        && WorkerId == other.WorkerId
        && WorkerType == other.WorkerType
        && QueueName == other.QueueName
        && Message == other.Message
        && Details.Equals(other.Details)
        && ErrorType == other.ErrorType
        && ErrorMessage == other.ErrorMessage
        && DurationMs.Equals(other.DurationMs)
        && MemoryMb.Equals(other.MemoryMb)
        && CpuTimeMs.Equals(other.CpuTimeMs)
        && TagSet.AreEqual(Tags, other.Tags)
        && Metadata.Equals(other.Metadata)
        && Attempt == other.Attempt
        && RunId == other.RunId
        && ParentId == other.ParentId
        && RootId == other.RootId
        && CorrelationId == other.CorrelationId
        && ErrorStack == other.ErrorStack
        && ErrorFingerprint == other.ErrorFingerprint
        && TraceParent == other.TraceParent);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, JobId, EventName, Timestamp);
}
