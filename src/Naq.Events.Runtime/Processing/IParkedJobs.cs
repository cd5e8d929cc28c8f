namespace Naq.Events.Processing;

/// <summary>Which jobs of a durable processor have dead letters, replays of such that are not handled yet, or events parked behind them.</summary>
internal interface IParkedJobs : IAsyncDisposable
{
    /// <summary>Whether a later event of this job has to be parked.</summary>
    ValueTask<bool> IsParkedAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Takes down that a job has a dead letter now.</summary>
    void Note(string jobId);
}
