using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.JetStream;
using Naq.Events.JetStream.ServiceStreams;
using Naq.Events.Querying;
using Naq.Events.Storage;

namespace Naq.Events;

/// <content>Events of other services, where each service has a stream of its own.</content>
public sealed partial class JetStreamEventStore : ISpanningStore
{
    private readonly ServiceStreamDirectory? _services;
    private readonly bool _isForReading;

    /// <summary>Makes a store of another service, to read its stream over the owner's connection.</summary>
    private JetStreamEventStore(JetStreamEventStore owner, JetStreamSession session, string service)
        : this(
            new NaqEventsOptions { SubjectPrefix = owner._subjects.Prefix, Environment = owner._subjects.Environment, Service = service },
            owner._givenOptions,
            time => new JetStreamConnection(session.Connection, owner._options, time),
            owner._loggerFactory,
            owner._timeProvider) => _isForReading = true;

    internal string Service => _subjects.Service;

    bool ISpanningStore.Spans(JobEventFilter filter) => Spans(filter) && !IsOfOne(filter);

    /// <summary>Where in the stream a start is.</summary>
    internal async ValueTask<ulong> FirstSequenceAsync(JobEventStart start, StreamState state, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => LiveStart.FirstAsync(session.Consumers, start, state, cancellationToken), "found").ConfigureAwait(false);
    }

    private static bool IsOfOne(JobEventFilter filter) => filter.Service != JobEventFilter.AllServices;

    private static JobEventFilter InItsStream(JobEventFilter filter) => filter with { Service = null };

    /// <summary>Whether a filter means events that are not in the own stream.</summary>
    private bool Spans([NotNullWhen(true)] JobEventFilter? filter) =>
        _services is not null && filter?.Service is { } service && service != _subjects.Service;

    private async ValueTask<IReadOnlyList<ServiceStream>> StreamsOfAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => _services!.FindAsync(session, filter.Service!, cancellationToken), "found").ConfigureAwait(false);
    }

    private async IAsyncEnumerable<JobEvent> QueryServicesAsync(
        JobEventFilter filter, JobEventQueryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Limit == 0)
            yield break;

        var streams = await StreamsOfAsync(filter, cancellationToken).ConfigureAwait(false);
        await foreach (var jobEvent in new MergedQuery(streams, InItsStream(filter), options, IsOfOne(filter)).ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return jobEvent;
    }

    private async ValueTask<JobEventPage> QueryServicesPageAsync(
        JobEventFilter filter, JobEventQueryOptions? options, CancellationToken cancellationToken)
    {
        var streams = await StreamsOfAsync(filter, cancellationToken).ConfigureAwait(false);
        MergedQuery? query = null;
        return await Paging.PageAsync(
            page => (query = new MergedQuery(streams, InItsStream(filter), page, IsOfOne(filter))).ReadAsync(cancellationToken),
            options,
            _ => query!.Cursor).ConfigureAwait(false);
    }

    private async ValueTask<JobEventQueryPlan> ExplainServicesAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var plans = await EachServiceAsync(filter, (store, ofService) => store.ExplainAsync(ofService, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return new JobEventQueryPlan(
            filter.JobId is null ? JobEventQueryRoad.BySubject : JobEventQueryRoad.ByJob,
            [.. plans.SelectMany(static plan => plan.Subjects)],
            plans.Sum(static plan => plan.EventsRead),
            plans.Sum(static plan => plan.EventsStored))
        {
            ScansAll = plans.Count > 0 && plans.All(static plan => plan.ScansAll),
            ComparedByReading = ComparedContent.NamesOf(filter),
        };
    }

    private async ValueTask<long> CountServicesAsync(JobEventFilter filter, CancellationToken cancellationToken) =>
        (await EachServiceAsync(filter, (store, ofService) => store.CountAsync(ofService, cancellationToken), cancellationToken)
            .ConfigureAwait(false)).Sum();

    private async ValueTask<IReadOnlyDictionary<string, long>> CountServicesByAsync(
        JobEventFilter filter,
        Func<JetStreamEventStore, JobEventFilter, ValueTask<IReadOnlyDictionary<string, long>>> count,
        CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var counts in await EachServiceAsync(filter, count, cancellationToken).ConfigureAwait(false))
        {
            foreach (var (key, value) in counts)
                sums[key] = sums.GetValueOrDefault(key) + value;
        }

        return sums;
    }

    private async ValueTask<long> DeleteServicesAsync(JobEventFilter filter, CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var stream in await StreamsOfAsync(filter, cancellationToken).ConfigureAwait(false))
            removed += await stream.Store.DeleteAsync(InItsStream(filter), cancellationToken).ConfigureAwait(false);

        return removed;
    }

    private async IAsyncEnumerable<JobEventSubscriptionMessage> SubscribeServicesAsync(
        JobEventFilter filter, JobEventSubscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var starting = _liveStarts.Begin();
        var subscription = new MergedSubscription(
            token => StreamsOfAsync(filter, token), InItsStream(filter), options, IsOfOne(filter), _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var messages = subscription.ReadAsync(starting.Dispose, either.Token);
        await foreach (var message in ExplainedAsync(messages, cancellationToken).ConfigureAwait(false))
            yield return message;
    }

    private async ValueTask<IReadOnlyList<T>> EachServiceAsync<T>(
        JobEventFilter filter, Func<JetStreamEventStore, JobEventFilter, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        var streams = await StreamsOfAsync(filter, cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(streams.Select(stream => ask(stream.Store, InItsStream(filter)).AsTask())).ConfigureAwait(false);
    }
}
