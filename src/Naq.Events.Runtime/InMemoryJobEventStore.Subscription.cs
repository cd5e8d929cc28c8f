using System.Runtime.CompilerServices;
using Naq.Events.Diagnostics;
using Naq.Events.Querying;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        JobEventFilter? filter = null, JobEventSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new JobEventSubscriptionOptions();
        Paging.Check(options.Start.Cursor, _log.Id, "this store");
        return SubscribeAsync(Matches(filter), options, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JobEvent> StreamAsync(
        JobEventFilter? filter = null, JobEventStart start = default, CancellationToken cancellationToken = default) =>
        SubscribeAsync(filter, new JobEventSubscriptionOptions { Start = start }, cancellationToken).EventsAsync(onLost: null, cancellationToken);

    private async IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeAsync(
        Func<JobEvent, bool> matches, JobEventSubscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sequence = _log.FirstOf(options.Start);
        var read = new JobEvent[Math.Min(options.Capacity, ReadSize)];
        var isBehind = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var appended = _log.Appended;
            var count = _log.Read(ref sequence, matches, read, out var lost, out var waiting);
            if (lost is var (from, to))
            {
                JobEventMetrics.AddMissed(JobEventMetrics.MemoryTags, from, to);
                _log.Losses.Note("A stream", from, to);
                yield return new JobEventsLost(from, to, CursorAt(to));
            }

            if (!isBehind && waiting + count >= options.FallsBehindAt)
            {
                isBehind = true;
                yield return new JobEventsFellBehind(waiting + count, CursorAt(count > 0 ? read[0].Sequence - 1 : sequence - 1));
            }

            for (var i = 0; i < count; i++)
                yield return new JobEventReceived(read[i], waiting + count - i - 1, CursorAt(read[i].Sequence));

            if (count == read.Length)
                continue;

            if (isBehind)
            {
                isBehind = false;
                yield return new JobEventsCaughtUp(CursorAt(sequence - 1));
            }

            await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private JobEventCursor CursorAt(ulong sequence) => new(sequence, _log.Id);
}
