namespace Naq.Events.Processing;

/// <summary>Which handlers of a durable processor are done with which events, kept in the store for a while.</summary>
internal interface IHandledRecords
{
    /// <summary>Whether a handler is recorded as done with an event.</summary>
    ValueTask<bool> HasAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken);

    /// <summary>Records that a handler is done with an event; returns when it is stored.</summary>
    ValueTask AddAsync(JobEvent jobEvent, string handler, CancellationToken cancellationToken);
}
