using Naq.Events.Hosting;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>Shorter calls of a store.</summary>
public static partial class JobEventStoreExtensions
{
    /// <summary>Stores one event.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait; the event may still be stored.</param>
    public static ValueTask AppendAsync(this IJobEventStore store, JobEvent jobEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.AppendAsync([jobEvent], cancellationToken);
    }

    /// <summary>Reads the events of one standard type, the oldest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="type">The type.</param>
    /// <param name="limit">The most events to read; all when <see langword="null"/>.</param>
    /// <param name="offset">How many to pass over first.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static IAsyncEnumerable<JobEvent> GetByTypeAsync(
        this IJobEventStore store, JobEventType type, int? limit = null, int offset = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.GetByTypeAsync(EventNames.TokenOf(type), limit, offset, cancellationToken);
    }
}
