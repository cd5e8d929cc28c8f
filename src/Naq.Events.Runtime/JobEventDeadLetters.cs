using System.Runtime.CompilerServices;
using Naq.Events.Hosting;
using Naq.Events.Processing;

namespace Naq.Events;

/// <summary>
/// The dead letters of one durable processor: what it gave up, to be looked at, handed to it again, or discarded. It works whether
/// the processor runs or not, and from another process.
/// </summary>
/// <exception cref="JobEventStoreException">Thrown by every operation when the store cannot be reached or refuses.</exception>
public sealed class JobEventDeadLetters
{
    private readonly IDeadLetterStore _store;

    /// <summary>Opens the dead letters of a processor.</summary>
    /// <param name="store">An <see cref="InMemoryJobEventStore"/> or a <see cref="JetStreamEventStore"/>.</param>
    /// <param name="processor">The processor's durable name, <see cref="JobEventProcessorOptions.Name"/>.</param>
    /// <exception cref="ArgumentException">The store keeps no dead letters, or the name is not a processor's.</exception>
    public JobEventDeadLetters(IJobEventStore store, string processor)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store as IDeadLetterStore ?? throw new ArgumentException(
            $"The store {store.GetType().Name} keeps no dead letters: use InMemoryJobEventStore or JetStreamEventStore.", nameof(store));
        Processor = SubjectTokenAttribute.IsToken(processor) ? processor : throw new ArgumentException(
            $"'{processor}' is not a processor's name: use 1 to 64 letters, digits, '_' or '-'.", nameof(processor));
    }

    /// <summary>The processor's durable name.</summary>
    public string Processor { get; }

    /// <summary>Reads them as they are when the read begins, the oldest first.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>. The reader compares it, one dead letter after the other.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async IAsyncEnumerable<JobEventDeadLetter> ListAsync(
        JobEventDeadLetterFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var deadLetter in _store.ReadDeadLettersAsync(Processor, cancellationToken).ConfigureAwait(false))
        {
            if (filter?.Matches(deadLetter) != false)
                yield return deadLetter;
        }
    }

    /// <summary>How many there are; without a filter, none is read.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    public ValueTask<long> CountAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default) =>
        filter is null
            ? _store.CountDeadLettersAsync(Processor, cancellationToken)
            : ListAsync(filter, cancellationToken).LongCountAsync(cancellationToken);

    /// <summary>Reads one, or <see langword="null"/> when this processor has none of that number.</summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public ValueTask<JobEventDeadLetter?> GetAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.GetDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>
    /// Gives one to its processor again, and to no other, with <see cref="JobEventProcessorOptions.MaxDeliver"/> new deliveries. It
    /// is handed over before it is removed here: a process that dies in between leaves it in both places.
    /// </summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait; it may still be replayed.</param>
    /// <returns>Whether there was one of that number.</returns>
    public ValueTask<bool> ReplayAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.ReplayDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>Replays all that a filter means, the oldest first; those that come while it runs are left.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it between two.</param>
    /// <returns>How many were replayed.</returns>
    public ValueTask<long> ReplayAllAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default) =>
        EachAsync(filter, _store.ReplayDeadLetterAsync, cancellationToken);

    /// <summary>Removes one for good. The event stays in its stream.</summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait; it may still be discarded.</param>
    /// <returns>Whether there was one of that number.</returns>
    public ValueTask<bool> DiscardAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.DiscardDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>Removes all that a filter means; those that come while it runs are left.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it between two.</param>
    /// <returns>How many were removed.</returns>
    public ValueTask<long> DiscardAllAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default) =>
        EachAsync(filter, _store.DiscardDeadLetterAsync, cancellationToken);

    /// <summary>The blocking form of <see cref="ListAsync"/>.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    public IReadOnlyList<JobEventDeadLetter> List(JobEventDeadLetterFilter? filter = null) =>
        Blocking.Wait<IReadOnlyList<JobEventDeadLetter>>(
            async token => await ListAsync(filter, token).ToListAsync(token).ConfigureAwait(false), CancellationToken.None);

    /// <summary>The blocking form of <see cref="CountAsync"/>.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    public long Count(JobEventDeadLetterFilter? filter = null) => Blocking.Wait(token => CountAsync(filter, token), CancellationToken.None);

    /// <summary>The blocking form of <see cref="ReplayAllAsync"/>.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    public long ReplayAll(JobEventDeadLetterFilter? filter = null) =>
        Blocking.Wait(token => ReplayAllAsync(filter, token), CancellationToken.None);

    /// <summary>The blocking form of <see cref="DiscardAllAsync"/>.</summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    public long DiscardAll(JobEventDeadLetterFilter? filter = null) =>
        Blocking.Wait(token => DiscardAllAsync(filter, token), CancellationToken.None);

    private async ValueTask<long> EachAsync(
        JobEventDeadLetterFilter? filter,
        Func<string, ulong, CancellationToken, ValueTask<bool>> take,
        CancellationToken cancellationToken)
    {
        var taken = 0L;
        await foreach (var deadLetter in ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (await take(Processor, deadLetter.Sequence, cancellationToken).ConfigureAwait(false))
                taken++;
        }

        return taken;
    }
}
