using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Naq.Events.JetStream.ServiceStreams;

/// <summary>
/// Reads several streams as one: the events of each in its order, and of those that come next the one with the earliest timestamp, or the
/// latest when the newest come first.
/// </summary>
/// <param name="streams">The streams.</param>
/// <param name="filter">Which of their events.</param>
/// <param name="options">How many, from where on, in what order.</param>
/// <param name="keepsSequences">Whether sequences are told; of several streams they mean nothing.</param>
internal sealed class MergedQuery(
    IReadOnlyList<ServiceStream> streams, JobEventFilter filter, JobEventQueryOptions options, bool keepsSequences)
{
    private readonly bool _isBackward = options.Order == JobEventOrder.NewestFirst;
    private ImmutableSortedDictionary<string, ulong> _positions = ImmutableSortedDictionary.Create<string, ulong>(StringComparer.Ordinal);

    /// <summary>Where the read is.</summary>
    public JobEventCursor Cursor => new(_positions);

    /// <summary>Reads to the end, or up to the limit.</summary>
    /// <exception cref="ArgumentException">The cursor is of none of the streams.</exception>
    public async IAsyncEnumerable<JobEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var readers = new List<IAsyncEnumerator<JobEvent>>(streams.Count);
        try
        {
            foreach (var stream in streams)
                readers.Add(stream.Store.QueryAsync(filter, OptionsOf(stream), cancellationToken).GetAsyncEnumerator(cancellationToken));

            var heads = new PriorityQueue<int, (long Time, int Stream)>(streams.Count);
            var first = await Task.WhenAll(readers.Select(static reader => reader.MoveNextAsync().AsTask())).ConfigureAwait(false);
            for (var i = 0; i < readers.Count; i++)
            {
                if (first[i])
                    heads.Enqueue(i, Rank(readers[i].Current, i));
            }

            var position = 0L;
            while (heads.TryDequeue(out var next, out _))
            {
                var jobEvent = readers[next].Current;
                _positions = _positions.SetItem(streams[next].Id, jobEvent.Sequence);
                if (!keepsSequences)
                    jobEvent.Sequence = 0;

                if (position++ >= options.Offset)
                    yield return jobEvent;

                if (position - options.Offset == options.Limit)
                    yield break;

                if (await readers[next].MoveNextAsync().ConfigureAwait(false))
                    heads.Enqueue(next, Rank(readers[next].Current, next));
            }
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Begin()
    {
        if (options.After is { } cursor)
            MergedCursor.Check(cursor, streams);

        var after = options.After?.Positions;

        // A stream that the cursor does not know was made later: all its events are to come, or, backward, have been passed.
        foreach (var stream in streams)
        {
            var start = (_isBackward, after) switch
            {
                (false, _) => 0UL,
                (true, null) => stream.State.Last + 1,
                (true, _) => 1UL,
            };
            _positions = _positions.Add(stream.Id, after?.GetValueOrDefault(stream.Id, start) ?? start);
        }
    }

    private JobEventQueryOptions OptionsOf(ServiceStream stream) => new()
    {
        Order = options.Order,
        Limit = options.Limit is { } limit ? (int)Math.Min((long)limit + options.Offset, int.MaxValue) : null,
        After = options.After is null ? null : new JobEventCursor(_positions[stream.Id], stream.Id),
    };

    private (long Time, int Stream) Rank(JobEvent jobEvent, int stream) =>
        _isBackward ? (-jobEvent.Timestamp.UtcTicks, stream) : (jobEvent.Timestamp.UtcTicks, stream);
}
