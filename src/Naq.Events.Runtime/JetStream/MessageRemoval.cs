using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>Takes messages out of the stream: by subject in one request, or one by one.</summary>
internal sealed class MessageRemoval(Consumers consumers)
{
    private const int DeletedAtOnce = 32;

    /// <summary>Removes what is under some subjects.</summary>
    /// <param name="subjects">Which; they do not overlap.</param>
    /// <param name="storedBefore">Only what was stored before this time; all when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many messages were removed.</returns>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<long> PurgeAsync(
        IReadOnlyCollection<string> subjects, DateTimeOffset? storedBefore, CancellationToken cancellationToken)
    {
        var before = storedBefore is { } time
            ? await consumers.FirstSequenceAsync(time, cancellationToken).ConfigureAwait(false)
            : (ulong?)null;
        var removed = 0L;
        foreach (var subject in subjects)
        {
            var request = new JsonObject { ["filter"] = subject };
            if (before is { } sequence)
                request["seq"] = sequence;

            var reply = await consumers.Api.RequestAsync($"STREAM.PURGE.{consumers.Stream}", request, cancellationToken).ConfigureAwait(false);
            removed += reply.Number("purged");
        }

        return removed;
    }

    /// <summary>Removes events one by one, several at a time, while more of them are read.</summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<long> DeleteAsync(IAsyncEnumerable<JobEvent> events, CancellationToken cancellationToken)
    {
        var removed = 0L;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeletedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(events, parallel, async (jobEvent, token) =>
        {
            if (await DeleteAsync(jobEvent.Sequence, erase: false, token).ConfigureAwait(false))
                _ = Interlocked.Increment(ref removed);
        }).ConfigureAwait(false);
        return removed;
    }

    /// <summary>Removes one message.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="erase">Whether the server writes over its bytes; it costs a write of the whole block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<bool> DeleteAsync(ulong sequence, bool erase, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["seq"] = sequence, ["no_erase"] = !erase };
        try
        {
            _ = await consumers.Api.RequestAsync($"STREAM.MSG.DELETE.{consumers.Stream}", request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (JetStreamApiException refusal) when (refusal.IsOfMissingMessage)
        {
            return false;
        }
    }
}
