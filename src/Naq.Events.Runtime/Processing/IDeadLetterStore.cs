namespace Naq.Events.Processing;

/// <summary>A store that keeps the dead letters of durable processors.</summary>
internal interface IDeadLetterStore
{
    /// <summary>Reads what there is when the read begins, the oldest first.</summary>
    /// <param name="processor">Whose.</param>
    /// <param name="jobId">Of which job, where the store can tell without reading the others; <see langword="null"/> for every one.</param>
    /// <param name="parked">Those that are parked, or those that have failed; both when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<JobEventDeadLetter> ReadDeadLettersAsync(
        string processor, string? jobId, bool? parked, CancellationToken cancellationToken);

    /// <summary>How many have failed, and how many are parked behind them.</summary>
    ValueTask<(long Failed, long Parked)> CountDeadLettersAsync(string processor, CancellationToken cancellationToken);

    ValueTask<JobEventDeadLetter?> GetDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);

    /// <summary>
    /// Hands it to its processor, then removes it. What is parked behind it follows when it is handled; one that is parked itself has
    /// those of its job follow, unless a dead letter is still before them.
    /// </summary>
    ValueTask<bool> ReplayDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);

    /// <summary>Removes it. What is parked behind it is handled, when it was the last dead letter of its job.</summary>
    ValueTask<bool> DiscardDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);
}
