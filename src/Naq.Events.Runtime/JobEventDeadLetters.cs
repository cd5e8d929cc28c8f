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
    private static readonly JobEventDeadLetterFilter Parked = new() { Cause = JobEventDeadLetterCause.Parked };
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
    public IAsyncEnumerable<JobEventDeadLetter> ListAsync(
        JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default) =>
        ReadAsync(filter, filter?.Cause is { } cause ? cause == JobEventDeadLetterCause.Parked : null, cancellationToken);

    /// <summary>
    /// How many there are, events that are parked behind dead letters included. Without a filter, and for those that are parked, none is read.
    /// </summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    public async ValueTask<long> CountAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        if (filter is not null && filter != new JobEventDeadLetterFilter() && filter != Parked)
            return await ListAsync(filter, cancellationToken).LongCountAsync(cancellationToken).ConfigureAwait(false);

        var (failed, parked) = await CountBothAsync(cancellationToken).ConfigureAwait(false);
        return filter == Parked ? parked : failed + parked;
    }

    /// <summary>Reads one, or <see langword="null"/> when this processor has none of that number.</summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public ValueTask<JobEventDeadLetter?> GetAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.GetDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>
    /// Gives one to its processor again, and to no other, with <see cref="JobEventProcessorOptions.MaxDeliver"/> new deliveries. It
    /// is handed over before it is removed here: a process that dies in between leaves it in both places. What is parked behind it
    /// follows when it is handled. One that is parked itself can be replayed only where no dead letter is left before it.
    /// </summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait; it may still be replayed.</param>
    /// <returns>Whether there was one of that number, and nothing has to be replayed before it.</returns>
    public ValueTask<bool> ReplayAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.ReplayDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>
    /// Replays all that a filter means, the oldest first; those that come while it runs are left. What is parked behind a dead letter
    /// follows it by itself, and is looked at here only where <see cref="JobEventDeadLetterFilter.Cause"/> asks for it.
    /// </summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it between two.</param>
    /// <returns>How many were replayed.</returns>
    public ValueTask<long> ReplayAllAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default) =>
        EachAsync(filter, filter?.Cause == JobEventDeadLetterCause.Parked, _store.ReplayDeadLetterAsync, cancellationToken);

    /// <summary>
    /// Removes one for good. The event stays in its stream. What is parked behind it is handled when it was the last dead letter of its job.
    /// </summary>
    /// <param name="sequence">Its <see cref="JobEventDeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Ends the wait; it may still be discarded.</param>
    /// <returns>Whether there was one of that number.</returns>
    public ValueTask<bool> DiscardAsync(ulong sequence, CancellationToken cancellationToken = default) =>
        _store.DiscardDeadLetterAsync(Processor, sequence, cancellationToken);

    /// <summary>
    /// Removes all that a filter means; those that come while it runs are left. Of what is parked behind them, what the filter does not
    /// mean is handled: without a filter, and with one of a job's id, all of it is removed.
    /// </summary>
    /// <param name="filter">Which; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it between two.</param>
    /// <returns>How many were removed.</returns>
    public async ValueTask<long> DiscardAllAsync(JobEventDeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        // What is parked first: when the dead letters before it are gone, it is handled.
        var parked = await EachAsync(filter, parked: true, _store.DiscardDeadLetterAsync, cancellationToken).ConfigureAwait(false);
        return parked + await EachAsync(filter, parked: false, _store.DiscardDeadLetterAsync, cancellationToken).ConfigureAwait(false);
    }

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

    /// <summary>How many have failed, and how many are parked behind them.</summary>
    internal ValueTask<(long Failed, long Parked)> CountBothAsync(CancellationToken cancellationToken) =>
        _store.CountDeadLettersAsync(Processor, cancellationToken);

    private async IAsyncEnumerable<JobEventDeadLetter> ReadAsync(
        JobEventDeadLetterFilter? filter, bool? parked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var deadLetter in _store.ReadDeadLettersAsync(Processor, filter?.JobId, parked, cancellationToken).ConfigureAwait(false))
        {
            if (filter?.Matches(deadLetter) != false)
                yield return deadLetter;
        }
    }

    private async ValueTask<long> EachAsync(
        JobEventDeadLetterFilter? filter,
        bool parked,
        Func<string, ulong, CancellationToken, ValueTask<bool>> take,
        CancellationToken cancellationToken)
    {
        var taken = 0L;
        await foreach (var deadLetter in ReadAsync(filter, parked, cancellationToken).ConfigureAwait(false))
        {
            if (await take(Processor, deadLetter.Sequence, cancellationToken).ConfigureAwait(false))
                taken++;
        }

        return taken;
    }
}
