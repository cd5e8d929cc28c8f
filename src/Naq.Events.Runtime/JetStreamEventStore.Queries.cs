using System.Runtime.CompilerServices;
using Naq.Events.JetStream;
using Naq.Events.Querying;
using Naq.Events.Serialization;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<JobEvent> GetByJobAsync(
        string jobId, int? limit = null, int offset = 0, CancellationToken cancellationToken = default)
    {
        var filter = JobEventFilter.ForJob(JobEventRules.CheckedJobId(jobId));
        return QueryAsync(filter, Paging.Options(limit, offset), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JobEvent> GetByTypeAsync(
        string eventName, int? limit = null, int offset = 0, CancellationToken cancellationToken = default) =>
        QueryAsync(JobEventFilter.ForNames(eventName), Paging.Options(limit, offset), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Events are looked for from <see cref="JobEventFilter.Since"/> on by the time they were stored at, less five minutes for clocks
    /// that disagree: one that was logged with a later time of its own choosing may be missed.
    /// </remarks>
    public IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        filter ??= JobEventFilter.All;
        var subjects = _subjects.Of(filter);
        options ??= new JobEventQueryOptions();
        return Spans(filter)
            ? QueryServicesAsync(filter, options, cancellationToken)
            : QueryAsync(filter, subjects, options, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<JobEventPage> QueryPageAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        filter ??= JobEventFilter.All;
        var subjects = _subjects.Of(filter);
        if (Spans(filter))
            return await QueryServicesPageAsync(filter, options, cancellationToken).ConfigureAwait(false);

        var state = await StateAsync(cancellationToken).ConfigureAwait(false);
        return await Paging.PageAsync(
            page => QueryAsync(filter, subjects, page, cancellationToken),
            options,
            last => new JobEventCursor(last.Sequence, state.Id)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<JobEventQueryPlan> ExplainAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= JobEventFilter.All;
        var subjects = _subjects.Of(filter);
        if (Spans(filter))
            return await ExplainServicesAsync(filter, cancellationToken).ConfigureAwait(false);

        var stored = await StateAsync(cancellationToken).ConfigureAwait(false);
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        var read = await ExplainedAsync(() => Queries(session).CountReadAsync(filter, subjects, cancellationToken), "asked").ConfigureAwait(false);
        return new JobEventQueryPlan(filter.JobId is null ? JobEventQueryRoad.BySubject : JobEventQueryRoad.ByJob, subjects, read, stored.Messages)
        {
            ScansAll = read >= stored.Messages && read > 0 && !(subjects is [var subject] && _subjects.IsAll(subject) && ComparedContent.IsNone(filter)),
            ComparedByReading = ComparedContent.NamesOf(filter),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Malformed messages under the subjects of the filter are counted too, unless events have to be read to be counted.</remarks>
    public async ValueTask<long> CountAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= JobEventFilter.All;
        var subjects = _subjects.Of(filter);
        if (Spans(filter))
            return await CountServicesAsync(filter, cancellationToken).ConfigureAwait(false);

        if (!ComparedContent.IsNone(filter))
            return await QueryAsync(filter, null, cancellationToken).LongCountAsync(cancellationToken).ConfigureAwait(false);

        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => Queries(session).CountReadAsync(filter, subjects, cancellationToken), "counted").ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        CountByAsync(filter ?? JobEventFilter.All, static jobEvent => jobEvent.EventName, SubjectToken.EventName, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByServiceAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        CountByAsync(Paging.OfAllServices(filter), static jobEvent => jobEvent.Service!, SubjectToken.Service, cancellationToken);

    private async ValueTask<IReadOnlyDictionary<string, long>> CountByAsync(
        JobEventFilter filter, Func<JobEvent, string> key, SubjectToken token, CancellationToken cancellationToken)
    {
        var subjects = _subjects.Of(filter);
        if (Spans(filter))
        {
            return await CountServicesByAsync(
                filter, (store, ofService) => store.CountByAsync(ofService, key, token, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        if (ComparedContent.IsNone(filter))
        {
            return await ExplainedAsync(
                () => new SubjectCounts(session.Api, _options.StreamName).CountByAsync(subjects, _subjects.Prefix, token, cancellationToken),
                "counted").ConfigureAwait(false);
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var jobEvent in QueryAsync(filter, null, cancellationToken).ConfigureAwait(false))
            counts[key(jobEvent)] = counts.GetValueOrDefault(key(jobEvent)) + 1;

        return counts;
    }

    private QueryReader Queries(JetStreamSession session) => new(session, _subjects.Prefix);

    private async ValueTask<StreamState> StateAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => session.Consumers.StateAsync(cancellationToken), "asked").ConfigureAwait(false);
    }

    private async ValueTask<T> ExplainedAsync<T>(Func<ValueTask<T>> ask, string purpose)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (Explain(exception, $"The events in the stream '{_options.StreamName}' cannot be {purpose}") is { } failure)
        {
            throw failure;
        }
    }

    private async IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter filter,
        string[] subjects,
        JobEventQueryOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Limit == 0)
            yield break;

        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        if (options.After is { } after)
            Paging.Check(after, (await StateAsync(cancellationToken).ConfigureAwait(false)).Id, $"the stream '{_options.StreamName}'");

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var messages = Queries(session).ReadAsync(filter, subjects, options, either.Token);
        var position = 0L;
        await foreach (var jobEvent in EventsAsync(messages, cancellationToken).ConfigureAwait(false))
        {
            if (position++ < options.Offset)
                continue;

            yield return jobEvent;
            if (position - options.Offset == options.Limit)
                yield break;
        }
    }
}
