using Naq.Events.Storage;

namespace Naq.Events.JetStream;

/// <summary>
/// Finds out whether messages that a reader did not get had been removed: the stream begins behind them now. A gap between two messages
/// is mostly what a filter leaves out, so the server is asked about gaps at most once a second.
/// </summary>
internal sealed class LossWatch(Consumers consumers)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MostOpen = 64;

    private readonly List<SequenceRange> _open = [];
    private long? _askedAt;

    /// <summary>Whether there are gaps that nobody has asked about.</summary>
    public bool HasOpenGaps => _open.Count > 0;

    /// <summary>Whether it is time to ask.</summary>
    public bool IsDue => _askedAt is not { } askedAt || consumers.Api.TimeProvider.GetElapsedTime(askedAt) >= Interval;

    /// <summary>Ends a wait for messages when it is time to ask: how many wait for their delivery may be told wrongly where limits remove them.</summary>
    public Deadline NextAsk(CancellationToken cancellationToken) => new(Interval, consumers.Api.TimeProvider, cancellationToken);

    /// <summary>What of the sequences before a message, and of the gaps before, was removed, when it is time to ask.</summary>
    /// <param name="from">The first that did not come.</param>
    /// <param name="before">The one that came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<IReadOnlyList<SequenceRange>> AskAsync(ulong from, ulong before, CancellationToken cancellationToken)
    {
        // Under a filter there may be one before every message: the last of too many takes in what lies between.
        if (_open.Count < MostOpen)
            _open.Add(new SequenceRange(from, before - 1));
        else
            _open[^1] = _open[^1] with { To = before - 1 };

        return IsDue ? AskAsync(cancellationToken) : ValueTask.FromResult<IReadOnlyList<SequenceRange>>([]);
    }

    /// <summary>What of the gaps nobody has asked about was removed; an interruption is for the reader to notice, and they stay open.</summary>
    public async ValueTask<IReadOnlyList<SequenceRange>> AskAsync(CancellationToken cancellationToken)
    {
        _askedAt = consumers.Api.TimeProvider.GetTimestamp();
        try
        {
            var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
            var lost = new List<SequenceRange>();
            foreach (var gap in _open)
            {
                if (LostOf(gap.From, gap.To, state.First) is { } removed)
                    lost.Add(removed);
            }

            _open.Clear();
            return lost;
        }
        catch (Exception exception) when (JetStreamFailure.IsTransient(exception))
        {
            return [];
        }
    }

    /// <summary>What of some sequences lies before the stream's first.</summary>
    public static SequenceRange? LostOf(ulong from, ulong to, ulong first) =>
        from > 0 && from < first ? new SequenceRange(from, Math.Min(to, first - 1)) : null;
}
