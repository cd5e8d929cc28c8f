using Naq.Events.Querying;

namespace Naq.Events.JetStream;

/// <summary>A start as a sequence of the stream.</summary>
internal static class LiveStart
{
    /// <exception cref="ArgumentException">The cursor is of another stream.</exception>
    public static async ValueTask<ulong> FirstAsync(
        Consumers consumers, JobEventStart start, StreamState state, CancellationToken cancellationToken)
    {
        Paging.Check(start.Cursor, state.Id, $"the stream '{consumers.Stream}'");
        if (start.StoredSince is { } time)
        {
            // For a time after the last message the server gives a place beyond it too.
            return state.Messages == 0 ? state.Last + 1 : await consumers.FirstSequenceAsync(time, cancellationToken).ConfigureAwait(false);
        }

        return start.FirstSequence switch
        {
            0 => state.Last + 1,
            1 => Math.Max(1, state.First),
            _ => start.FirstSequence,
        };
    }
}
