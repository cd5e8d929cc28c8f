using System.Runtime.CompilerServices;
using Naq.Events.Querying;
using Naq.Events.Serialization;

namespace Naq.Events;

public sealed partial class InMemoryJobEventStore
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
    public IAsyncEnumerable<JobEvent> QueryAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new JobEventQueryOptions();
        Paging.Check(options.After, _log.Id, "this store");
        return ReadPageAsync((filter ?? JobEventFilter.All).Checked(), options, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<JobEventPage> QueryPageAsync(
        JobEventFilter? filter = null, JobEventQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.PageAsync(page => QueryAsync(filter, page, cancellationToken), options, last => new JobEventCursor(last.Sequence, _log.Id));

    /// <inheritdoc/>
    public ValueTask<JobEventQueryPlan> ExplainAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var wanted = (filter ?? JobEventFilter.All).Checked();
        var stored = _log.Health().Events;
        var read = wanted.JobId is { } jobId ? _log.OfJob(jobId, static _ => true).Count : stored;
        return ValueTask.FromResult(new JobEventQueryPlan(JobEventQueryRoad.Memory, ["memory"], read, stored)
        {
            ScansAll = wanted.JobId is null && wanted != new JobEventFilter { Service = JobEventFilter.AllServices, Environment = JobEventFilter.AllEnvironments },
            ComparedByReading = ComparedContent.NamesOf(wanted),
        });
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReadStored(filter, JobEventOrder.OldestFirst, after: null, cancellationToken).LongCount());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, long>>(CountBy(filter, static jobEvent => jobEvent.EventName, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByServiceAsync(
        JobEventFilter? filter = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, long>>(CountBy(Paging.OfAllServices(filter), static jobEvent => jobEvent.Service!, cancellationToken));

    private Dictionary<string, long> CountBy(
        JobEventFilter? filter, Func<JobEvent, string> key, CancellationToken cancellationToken) =>
        ReadStored(filter, JobEventOrder.OldestFirst, after: null, cancellationToken)
            .CountBy(key, StringComparer.Ordinal)
            .ToDictionary(static count => count.Key, static count => (long)count.Value, StringComparer.Ordinal);

    private async IAsyncEnumerable<JobEvent> ReadPageAsync(
        JobEventFilter filter, JobEventQueryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        var matching = ReadStored(filter, options.Order, options.After?.Sequence, cancellationToken).Skip(options.Offset);
        foreach (var jobEvent in options.Limit is { } limit ? matching.Take(limit) : matching)
            yield return jobEvent;
    }

    private IEnumerable<JobEvent> ReadStored(
        JobEventFilter? filter, JobEventOrder order, ulong? after, CancellationToken cancellationToken)
    {
        var matches = Matches(filter);
        if (filter?.JobId is { } jobId)
            return OfJob(jobId, matches, order, after);

        return order == JobEventOrder.OldestFirst
            ? ReadForward(matches, after + 1 ?? 1, cancellationToken)
            : ReadBackward(matches, after - 1 ?? ulong.MaxValue, cancellationToken);
    }

    private IEnumerable<JobEvent> OfJob(string jobId, Func<JobEvent, bool> matches, JobEventOrder order, ulong? after)
    {
        var events = _log.OfJob(jobId, matches);
        return order == JobEventOrder.OldestFirst
            ? events.Where(jobEvent => jobEvent.Sequence > (after ?? 0))
            : events.Where(jobEvent => jobEvent.Sequence < (after ?? ulong.MaxValue)).Reverse();
    }

    private IEnumerable<JobEvent> ReadForward(Func<JobEvent, bool> matches, ulong sequence, CancellationToken cancellationToken)
    {
        // What is appended meanwhile is not of this read.
        var last = _log.LastSequence;
        var read = new JobEvent[ReadSize];
        int count;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = _log.Read(ref sequence, matches, read);
            for (var i = 0; i < count && read[i].Sequence <= last; i++)
                yield return read[i];
        }
        while (count == read.Length && sequence <= last);
    }

    private IEnumerable<JobEvent> ReadBackward(Func<JobEvent, bool> matches, ulong sequence, CancellationToken cancellationToken)
    {
        var read = new JobEvent[ReadSize];
        int count;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = _log.ReadBackward(ref sequence, matches, read);
            for (var i = 0; i < count; i++)
                yield return read[i];
        }
        while (count == read.Length);
    }
}
