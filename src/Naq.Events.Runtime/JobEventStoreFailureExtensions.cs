using Naq.Events.Failures;
using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>Failures by their cause; it works with every store.</summary>
public static class JobEventStoreFailureExtensions
{
    /// <summary>
    /// Groups failures by their fingerprint, those that have none by error type, and those without either by event name. It reads every
    /// failure that the filter means, and holds the groups.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="filter">
    /// Which events; all of this service when <see langword="null"/>. If it names no events, <c>failed</c> and <c>timeout</c> are meant.
    /// </param>
    /// <param name="options">How many groups, and what is held; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    public static ValueTask<JobFailureReport> TopFailuresAsync(
        this IJobEventStore store,
        JobEventFilter? filter = null,
        JobFailureOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        filter = (filter ?? JobEventFilter.All).Checked();
        if (filter.EventNames.Count == 0)
            filter = filter.OfTypes(JobEventType.Failed, JobEventType.Timeout);

        return FailureGrouping.GroupAsync(store.QueryAsync(filter, cancellationToken: cancellationToken), options ?? new JobFailureOptions());
    }

    /// <summary>Groups the failures of this service since a time.</summary>
    /// <param name="store">The store.</param>
    /// <param name="since">The earliest timestamp, included.</param>
    /// <param name="limit">The most groups to return.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public static ValueTask<JobFailureReport> TopFailuresAsync(
        this IJobEventStore store, DateTimeOffset since, int limit = 10, CancellationToken cancellationToken = default) =>
        store.TopFailuresAsync(JobEventFilter.All.From(since), new JobFailureOptions { Limit = limit }, cancellationToken);

    /// <summary>The blocking form of <c>TopFailuresAsync</c>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="store">The store.</param>
    /// <param name="filter">Which events; the failures of this service when <see langword="null"/>.</param>
    /// <param name="options">How many groups, and what is held; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The filter's parts do not go together.</exception>
    public static JobFailureReport TopFailures(this IJobEventStore store, JobEventFilter? filter = null, JobFailureOptions? options = null) =>
        Blocking.Wait(token => store.TopFailuresAsync(filter, options, token), CancellationToken.None);
}
