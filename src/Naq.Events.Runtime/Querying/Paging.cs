namespace Naq.Events.Querying;

/// <summary>Limits, offsets, cursors and pages, the same in every store.</summary>
internal static class Paging
{
    private const int DefaultPageSize = 100;

    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static JobEventQueryOptions Options(int? limit, int offset)
    {
        if (limit is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new JobEventQueryOptions { Limit = limit, Offset = offset };
    }

    /// <exception cref="ArgumentException">The cursor is of another stream.</exception>
    public static void Check(JobEventCursor? cursor, string streamId, string store)
    {
        if (cursor is { } after && after.StreamId != streamId)
        {
            throw new ArgumentException(
                $"The cursor '{after}' is not of {store}, or its stream was removed and made again since. Query without a cursor first, and go on "
                + "with the cursor of that page.",
                nameof(cursor));
        }
    }

    /// <summary>A filter of every service, unless it names one.</summary>
    public static JobEventFilter OfAllServices(JobEventFilter? filter)
    {
        filter ??= JobEventFilter.All;
        return filter.Service is null ? filter.InAllServices() : filter;
    }

    /// <summary>Reads one page, and one event more to see whether there is another.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">The page.</param>
    /// <param name="cursorAfter">The place after an event that was just read.</param>
    public static async ValueTask<JobEventPage> PageAsync(
        Func<JobEventQueryOptions, IAsyncEnumerable<JobEvent>> query, JobEventQueryOptions? options, Func<JobEvent, JobEventCursor> cursorAfter)
    {
        options ??= new JobEventQueryOptions();
        var size = options.Limit ?? DefaultPageSize;
        if (size == 0)
            return new JobEventPage([], options.After);

        var events = new List<JobEvent>();
        var hasMore = false;
        JobEventCursor next = default;
        await foreach (var jobEvent in query(options with { Limit = size == int.MaxValue ? null : size + 1 }).ConfigureAwait(false))
        {
            hasMore = events.Count == size;
            if (hasMore)
                break;

            events.Add(jobEvent);
            if (events.Count == size)
                next = cursorAfter(jobEvent);
        }

        return new JobEventPage(events, hasMore ? next : null);
    }
}
