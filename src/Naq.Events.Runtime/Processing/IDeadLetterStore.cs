namespace Naq.Events.Processing;

/// <summary>A store that keeps the dead letters of durable processors.</summary>
internal interface IDeadLetterStore
{
    /// <summary>Reads what there is when the read begins, the oldest first.</summary>
    IAsyncEnumerable<JobEventDeadLetter> ReadDeadLettersAsync(string processor, CancellationToken cancellationToken);

    ValueTask<long> CountDeadLettersAsync(string processor, CancellationToken cancellationToken);

    ValueTask<JobEventDeadLetter?> GetDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);

    /// <summary>Hands it to its processor, then removes it.</summary>
    ValueTask<bool> ReplayDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);

    ValueTask<bool> DiscardDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken);
}
