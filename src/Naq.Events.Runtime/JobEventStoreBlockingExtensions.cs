using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>
/// The blocking forms of a store's operations, for code that cannot be asynchronous. They run on the thread pool, so that they
/// cannot deadlock under a synchronization context.
/// </summary>
public static class JobEventStoreBlockingExtensions
{
    /// <summary>The blocking form of <see cref="IJobEventStore.AppendAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobEvents">The events.</param>
    public static void Append(this IJobEventStore store, params IReadOnlyList<JobEvent> jobEvents)
    {
        ArgumentNullException.ThrowIfNull(store);
        Blocking.Wait(token => store.AppendAsync(jobEvents, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.GetByJobAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="limit">The most events to read; all when <see langword="null"/>.</param>
    /// <param name="offset">How many to pass over first.</param>
    public static IReadOnlyList<JobEvent> GetByJob(this IJobEventStore store, string jobId, int? limit = null, int offset = 0)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => ListAsync(store.GetByJobAsync(jobId, limit, offset, token)), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.GetByTypeAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="eventName">The wire token, such as <c>failed</c>.</param>
    /// <param name="limit">The most events to read; all when <see langword="null"/>.</param>
    /// <param name="offset">How many to pass over first.</param>
    public static IReadOnlyList<JobEvent> GetByType(this IJobEventStore store, string eventName, int? limit = null, int offset = 0)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => ListAsync(store.GetByTypeAsync(eventName, limit, offset, token)), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.CountAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="filter">Which events; all of this service when <see langword="null"/>.</param>
    public static long Count(this IJobEventStore store, JobEventFilter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => store.CountAsync(filter, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="JobEventStoreExtensions.WaitForEventAsync(IJobEventStore, string, string, TimeSpan, CancellationToken)"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="eventName">The wire token, such as <c>completed</c> or <c>payment_captured</c>.</param>
    /// <param name="timeout">How long to wait: up to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <exception cref="TimeoutException">There was no such event in time.</exception>
    public static JobEvent WaitForEvent(this IJobEventStore store, string jobId, string eventName, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => store.WaitForEventAsync(jobId, eventName, timeout, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.CheckHealthAsync"/>.</summary>
    /// <param name="store">The store.</param>
    public static JobEventStoreHealth CheckHealth(this IJobEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(store.CheckHealthAsync, CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.DeleteByJobAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id.</param>
    /// <returns>How many events were removed.</returns>
    public static long DeleteByJob(this IJobEventStore store, string jobId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => store.DeleteByJobAsync(jobId, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.DeleteAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="filter">Which events.</param>
    /// <returns>How many events were removed.</returns>
    public static long Delete(this IJobEventStore store, JobEventFilter filter)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => store.DeleteAsync(filter, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.DeleteAllAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <returns>How many events were removed.</returns>
    public static long DeleteAll(this IJobEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(store.DeleteAllAsync, CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.EraseAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sequence">The event's sequence.</param>
    /// <returns>Whether there was one.</returns>
    public static bool Erase(this IJobEventStore store, ulong sequence)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(token => store.EraseAsync(sequence, token), CancellationToken.None);
    }

    /// <summary>The blocking form of <see cref="IJobEventStore.CleanupExpiredAsync"/>.</summary>
    /// <param name="store">The store.</param>
    /// <returns>How many events this call removed.</returns>
    public static long CleanupExpired(this IJobEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Blocking.Wait(store.CleanupExpiredAsync, CancellationToken.None);
    }

    private static async ValueTask<IReadOnlyList<JobEvent>> ListAsync(IAsyncEnumerable<JobEvent> events)
    {
        var list = new List<JobEvent>();
        await foreach (var jobEvent in events.ConfigureAwait(false))
            list.Add(jobEvent);

        return list;
    }
}
