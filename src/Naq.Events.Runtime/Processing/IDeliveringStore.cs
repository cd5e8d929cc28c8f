namespace Naq.Events.Processing;

/// <summary>A store that delivers events to durable processors.</summary>
internal interface IDeliveringStore
{
    /// <summary>
    /// Delivers events to the durable processor of that name, until cancelled; then it ends without an exception, and what was
    /// not acknowledged is delivered again, at once where the store can.
    /// </summary>
    IAsyncEnumerable<JobEventDelivery> DeliverAsync(DeliveryRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Delivers what was replayed of that processor's dead letters, as <see cref="DeliverAsync"/> does; <see langword="null"/> where that
    /// delivers them itself.
    /// </summary>
    IAsyncEnumerable<JobEventDelivery>? DeliverReplaysAsync(DeliveryRequest request, CancellationToken cancellationToken) => null;

    /// <summary>Which jobs of the durable processor of that name wait behind a dead letter; kept up to date until it is disposed.</summary>
    IParkedJobs OpenParkedJobs(DeliveryRequest request);

    /// <summary>Which handlers of that processor are done with which events, where it is to be remembered.</summary>
    IHandledRecords OpenHandledRecords(DeliveryRequest request);

    /// <summary>
    /// Has the durable processor of that name go on at the request's start, forward or back, in every process. What is in hand there is
    /// forgotten: its outcome changes nothing.
    /// </summary>
    ValueTask SkipToAsync(DeliveryRequest request, CancellationToken cancellationToken);
}
