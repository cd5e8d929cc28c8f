using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Naq.Events.JetStream.ServiceStreams;

/// <summary>Follows several streams as one, and those that are made while it runs from their beginning on.</summary>
/// <param name="find">Finds the streams that there are now.</param>
/// <param name="filter">Which of their events.</param>
/// <param name="options">Where to begin, and what "behind" means.</param>
/// <param name="keepsSequences">Whether sequences are told; of several streams they mean nothing.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class MergedSubscription(
    Func<CancellationToken, ValueTask<IReadOnlyList<ServiceStream>>> find,
    JobEventFilter filter,
    JobEventSubscriptionOptions options,
    bool keepsSequences,
    TimeProvider timeProvider)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    // Each stream is read ahead on its own; this only hands over.
    private readonly Channel<(ServiceStream Stream, JobEventSubscriptionMessage? Message)> _messages =
        Channel.CreateBounded<(ServiceStream, JobEventSubscriptionMessage?)>(16);

    private readonly List<Task> _running = [];
    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, ulong> _positions = ImmutableSortedDictionary.Create<string, ulong>(StringComparer.Ordinal);

    /// <summary>Reads without end.</summary>
    /// <param name="onStarted">Called when it is settled where each stream is read from.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentException">The start is a sequence, or a cursor of none of the streams.</exception>
    public async IAsyncEnumerable<JobEventSubscriptionMessage> ReadAsync(
        Action onStarted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = await find(cancellationToken).ConfigureAwait(false);
        Check(streams);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            foreach (var stream in streams)
                Follow(stream, await FirstAsync(stream, cancellationToken).ConfigureAwait(false), stop.Token);

            onStarted();
            _running.Add(LookAsync([.. streams.Select(static stream => stream.Id)], stop.Token));
            var isCaughtUp = false;
            await foreach (var (stream, message) in _messages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (message is null)
                {
                    Follow(stream, first: 1, stop.Token);
                    continue;
                }

                _positions = _positions.SetItem(stream.Id, message.Cursor.Sequence);
                if (message is JobEventsCaughtUp)
                {
                    _ = _behind.Remove(stream.Id);
                    if (isCaughtUp || _behind.Count > 0)
                        continue;
                }
                else if (message is JobEventsFellBehind)
                {
                    _ = _behind.Add(stream.Id);
                }

                isCaughtUp = message is JobEventsCaughtUp || (isCaughtUp && message is not JobEventsFellBehind);
                if (message is JobEventReceived received && !keepsSequences)
                    received.Event.Sequence = 0;

                yield return message with { Cursor = new JobEventCursor(_positions) };
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Check(IReadOnlyList<ServiceStream> streams)
    {
        if (options.Start.Cursor is { } cursor)
        {
            MergedCursor.Check(cursor, streams);
        }
        else if (options.Start.FirstSequence > 1)
        {
            throw new ArgumentException(
                $"A sequence ({options.Start.FirstSequence}) is of one stream, and each service has its own (JetStreamOptions.StreamPerService). Start "
                + "at a time (JobEventStart.Since), or after a cursor of an earlier read of the same services.");
        }
    }

    private async ValueTask<ulong> FirstAsync(ServiceStream stream, CancellationToken cancellationToken) =>
        options.Start.Cursor is { } cursor
            ? cursor.Positions.GetValueOrDefault(stream.Id) + 1
            : await stream.Store.FirstSequenceAsync(options.Start, stream.State, cancellationToken).ConfigureAwait(false);

    private void Follow(ServiceStream stream, ulong first, CancellationToken cancellationToken)
    {
        _positions = _positions.SetItem(stream.Id, first - 1);
        _ = _behind.Add(stream.Id);
        _running.Add(FollowAsync(stream, new JobEventCursor(first - 1, stream.Id), cancellationToken));
    }

    private async Task FollowAsync(ServiceStream stream, JobEventCursor after, CancellationToken cancellationToken)
    {
        try
        {
            var messages = stream.Store.SubscribeAsync(filter, options with { Start = JobEventStart.After(after) }, cancellationToken);
            await foreach (var message in messages.ConfigureAwait(false))
                await _messages.Writer.WriteAsync((stream, message), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The reader throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = _messages.Writer.TryComplete(exception);
        }
    }

    private async Task LookAsync(HashSet<string> known, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookInterval, timeProvider, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<ServiceStream> streams;
                try
                {
                    streams = await find(cancellationToken).ConfigureAwait(false);
                }
                catch (JobEventStoreException)
                {
                    // The server is away: each stream's own read says so, and goes on when it is back.
                    continue;
                }

                foreach (var stream in streams.Where(stream => known.Add(stream.Id)))
                    await _messages.Writer.WriteAsync((stream, null), cancellationToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The reader throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = _messages.Writer.TryComplete(exception);
        }
    }
}
