using Naq.Events.Storage;

namespace Naq.Events.JetStream;

/// <summary>
/// Finds out whether messages that a reader did not get had been removed: the stream begins behind them now. A gap between two messages
/// is mostly what a filter leaves out, so the server is asked about gaps at most once a second.
/// </summary>
internal sealed class LossWatch(Consumers consumers)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? _askedAt;
    private ulong _from;
    private ulong _to;

    /// <summary>Whether there are gaps that nobody has asked about.</summary>
    public bool HasOpenGaps => _from > 0;

    /// <summary>What of the sequences before a message was removed, when it is time to ask.</summary>
    /// <param name="from">The first that did not come.</param>
    /// <param name="before">The one that came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<SequenceRange?> AskAsync(ulong from, ulong before, CancellationToken cancellationToken)
    {
        _from = _from == 0 ? from : _from;
        _to = before - 1;
        return _askedAt is { } askedAt && consumers.Api.TimeProvider.GetElapsedTime(askedAt) < Interval
            ? ValueTask.FromResult<SequenceRange?>(null)
            : AskAsync(cancellationToken);
    }

    /// <summary>What of the gaps nobody has asked about was removed; an interruption is for the reader to notice, and they stay open.</summary>
    public async ValueTask<SequenceRange?> AskAsync(CancellationToken cancellationToken)
    {
        _askedAt = consumers.Api.TimeProvider.GetTimestamp();
        try
        {
            var state = await consumers.StateAsync(cancellationToken).ConfigureAwait(false);
            var lost = LostOf(_from, _to, state.First);
            _from = 0;
            return lost;
        }
        catch (Exception exception) when (JetStreamFailure.IsTransient(exception))
        {
            return null;
        }
    }

    /// <summary>What of some sequences lies before the stream's first.</summary>
    public static SequenceRange? LostOf(ulong from, ulong to, ulong first) =>
        from > 0 && from < first ? new SequenceRange(from, Math.Min(to, first - 1)) : null;
}
