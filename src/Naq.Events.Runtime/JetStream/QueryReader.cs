using System.Runtime.CompilerServices;
using Naq.Events.Querying;

namespace Naq.Events.JetStream;

/// <summary>Reads what a filter means, forwards or backwards, on the shortest road the server offers.</summary>
internal sealed class QueryReader(JetStreamSession session, string prefix)
{
    private const int FirstWindow = 1_000;
    private const int LargestWindow = 256_000;
    private const int ManyInWindow = 1_000;

    // Of client and server, whose clocks need not agree.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly Consumers _consumers = session.Consumers;
    private readonly SubjectReader _subjectReader = new(session.Consumers, prefix);

    /// <summary>Reads the messages, but for the offset and the limit.</summary>
    public IAsyncEnumerable<StoredMessage> ReadAsync(
        JobEventFilter filter, string[] subjects, JobEventQueryOptions options, CancellationToken cancellationToken)
    {
        var payloads = new PayloadFilter(filter);
        var read = new SubjectRead(subjects)
        {
            Start = Start(filter, options),
            Hint = payloads.MatchesAll && options.Limit is { } limit ? Math.Max(1, (long)limit + options.Offset) : long.MaxValue,
            Deserializer = JobEventPayload.DeserializerOf(payloads),
        };
        return filter.JobId is not null && session.Version >= ServerVersion.BatchedDirectGet
            ? ReadJobAsync(read, filter, options, cancellationToken)
            : ReadSubjectsAsync(read, filter, options, cancellationToken);
    }

    /// <summary>How many messages <see cref="ReadAsync"/> reads at most.</summary>
    public async ValueTask<long> CountReadAsync(JobEventFilter filter, string[] subjects, CancellationToken cancellationToken)
    {
        if (filter.JobId is not null)
            return (await new SubjectCounts(session.Api, _consumers.Stream).OfAsync(subjects, cancellationToken).ConfigureAwait(false)).Values.Sum();

        var start = Start(filter, new JobEventQueryOptions());
        var (name, pending) = await _consumers.CreateAsync(subjects, start, cancellationToken).ConfigureAwait(false);
        await _consumers.RemoveAsync(name).ConfigureAwait(false);
        return pending;
    }

    private static ReadStart Start(JobEventFilter filter, JobEventQueryOptions options) => (filter.Since, options) switch
    {
        (_, { After: { } after, Order: JobEventOrder.OldestFirst }) => ReadStart.At(after.Sequence + 1),
        ({ } since, _) => ReadStart.StoredSince(Earlier(since)),
        _ => ReadStart.First,
    };

    private static DateTimeOffset Earlier(DateTimeOffset since) =>
        since > DateTimeOffset.UnixEpoch + ClockSkew ? since - ClockSkew : DateTimeOffset.UnixEpoch;

    private IAsyncEnumerable<StoredMessage> ReadSubjectsAsync(
        SubjectRead read, JobEventFilter filter, JobEventQueryOptions options, CancellationToken cancellationToken) =>
        options.Order == JobEventOrder.OldestFirst
            ? _subjectReader.ReadAsync(read, cancellationToken)
            : ReadBackwardAsync(read, filter, options, cancellationToken);

    private async IAsyncEnumerable<StoredMessage> ReadJobAsync(
        SubjectRead read, JobEventFilter filter, JobEventQueryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await new JobReader(session, prefix).TryReadAsync(read, cancellationToken).ConfigureAwait(false) is not { } messages)
        {
            await foreach (var message in ReadSubjectsAsync(read, filter, options, cancellationToken).ConfigureAwait(false))
                yield return message;

            yield break;
        }

        if (options.Order == JobEventOrder.NewestFirst)
            messages.Reverse();

        foreach (var message in messages)
        {
            if (options.After is not { } after
                || (options.Order == JobEventOrder.OldestFirst ? message.Sequence > after.Sequence : message.Sequence < after.Sequence))
            {
                yield return message;
            }
        }
    }

    /// <summary>The server reads forwards only, so windows are read from the end of the stream to its beginning, each turned round.</summary>
    private async IAsyncEnumerable<StoredMessage> ReadBackwardAsync(
        SubjectRead read, JobEventFilter filter, JobEventQueryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = await _consumers.StateAsync(cancellationToken).ConfigureAwait(false);
        var end = options.After is { } after ? Math.Min(after.Sequence - 1, state.Last) : state.Last;
        var first = filter.Since is { } since
            ? await _consumers.FirstSequenceAsync(Earlier(since), cancellationToken).ConfigureAwait(false)
            : state.First;
        first = Math.Max(1, Math.Max(first, state.First));
        var size = (ulong)FirstWindow;
        while (end >= first)
        {
            var start = end - first < size ? first : end - size + 1;
            var window = new List<StoredMessage>();
            var part = read with { Start = ReadStart.At(start), LastSequence = end, Hint = long.MaxValue };
            await foreach (var message in _subjectReader.ReadAsync(part, cancellationToken).ConfigureAwait(false))
                window.Add(message);

            for (var i = window.Count - 1; i >= 0; i--)
                yield return window[i];

            // Where little is found, further is looked at once.
            if (window.Count < ManyInWindow / 2 && size < LargestWindow)
                size *= 4;

            end = start - 1;
        }
    }
}
