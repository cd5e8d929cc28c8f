namespace Naq.Events;

/// <summary>
/// Not all events of an append were stored, or are known to be. Those that <see cref="Failures"/> does not name are stored.
/// </summary>
public sealed class JobEventAppendException : JobEventStoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="failures">The events that are not stored, or not known to be, in the order of the append.</param>
    public JobEventAppendException(string message, IReadOnlyList<JobEventAppendFailure> failures)
        : base(message) => Failures = failures;

    /// <summary>The events that are not stored, or not known to be, in the order of the append. All others are stored.</summary>
    public IReadOnlyList<JobEventAppendFailure> Failures { get; }
}
