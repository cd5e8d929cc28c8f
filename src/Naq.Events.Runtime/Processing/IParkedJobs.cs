namespace Naq.Events.Processing;

/// <summary>
/// Which jobs of a durable processor have events that wait in the store for a next try, or are parked; and, where that stops a job, dead letters.
/// </summary>
internal interface IParkedJobs : IAsyncDisposable
{
    /// <summary>Whether there are none; then no job has to be asked about.</summary>
    bool AreNone { get; }

    /// <summary>Whether a later event of this job has to be parked.</summary>
    ValueTask<bool> IsParkedAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Takes down that a job has one now.</summary>
    void Note(string jobId);
}
