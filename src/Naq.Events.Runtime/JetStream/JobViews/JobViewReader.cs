using Naq.Events.Views;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Lists jobs from the view: its entries, and on top of them the events that were stored after its position. What the stream's limits have
/// removed since is taken out, so that it is what the fold of all events would be.
/// </summary>
internal sealed class JobViewReader(JobViewBucket bucket, Consumers events, IJobEventStore store, JobEventSubjects subjects)
{
    /// <summary>With more events than this after its position, the view is not used.</summary>
    public const int MostBehind = 50_000;

    private const int LookedUpAtOnce = 64;

    // Entries are looked for by the time they were written at, as events are by the time they were stored at.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The jobs meant, in no order; <see langword="null"/> when the view is not there, or too far behind.</summary>
    public async ValueTask<IReadOnlyCollection<JobSummary>?> TryListAsync(JobListOptions options, CancellationToken cancellationToken)
    {
        if (options.Until is not null || (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value is not { } position)
            return null;

        var state = await events.StateAsync(cancellationToken).ConfigureAwait(false);
        if (!StatusOf(position, state).IsUsed)
            return null;

        var tail = new JobViewTail(position.Epoch, position.Sequence);
        await foreach (var jobEvent in EventsAfter(position.Sequence, options, position, cancellationToken).ConfigureAwait(false))
            tail.Add(jobEvent);

        var jobs = new Listing(options, state.First, tail);
        var keys = bucket.SubjectOf(JobViewKey.Wildcard(position.Epoch, options.Environment ?? subjects.Environment, options.Service ?? subjects.Service));
        await foreach (var (subject, _, entry) in new JobViewScan(bucket.Consumers).ReadAsync(keys, StartOf(options), cancellationToken).ConfigureAwait(false))
        {
            if (entry is null)
                return null;

            jobs.Add(bucket.KeyOf(subject), entry);
        }

        // Entries that a projector writes meanwhile move, and may be ahead of the scan all the while. They are of jobs with events since the position.
        await foreach (var jobEvent in EventsAfter(tail.Through, options, position, cancellationToken).ConfigureAwait(false))
            jobs.Expect(JobViewKey.Of(position.Epoch, jobEvent));

        foreach (var keysAtOnce in jobs.NotMet.Chunk(LookedUpAtOnce))
        {
            var entries = await Task.WhenAll(keysAtOnce.Select(key => bucket.FindEntryAsync(key, cancellationToken).AsTask())).ConfigureAwait(false);
            for (var i = 0; i < entries.Length; i++)
                jobs.Add(keysAtOnce[i], entries[i].Value ?? new JobViewEntry(0, null));
        }

        var listed = await jobs.ToListAsync(store, cancellationToken).ConfigureAwait(false);

        // A view that is built again meanwhile takes its old entries away under the read.
        var after = (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value;
        return after?.Epoch == position.Epoch ? listed : null;
    }

    public static JobViewStatus StatusOf(JobViewPosition? position, StreamState state)
    {
        var isOfStream = position is not null && position.Stream == state.Id && position.Sequence <= state.Last;
        var reached = isOfStream ? position!.Sequence : 0;
        var behind = state.Messages == 0 ? 0 : (long)(state.Last - Math.Max(reached, state.First - 1));
        return new JobViewStatus(reached, behind, isOfStream && !state.AllowsTtls && behind <= MostBehind);
    }

    /// <summary>Of a range of time, entries that were not written since need not be read; but of all services, a job is several entries.</summary>
    private static ReadStart StartOf(JobListOptions options) =>
        options.Since is { } since && since > DateTimeOffset.UnixEpoch + ClockSkew && options.Service != JobEventFilter.AllServices
            ? ReadStart.StoredSince(since - ClockSkew)
            : ReadStart.First;

    private IAsyncEnumerable<JobEvent> EventsAfter(
        ulong sequence, JobListOptions options, JobViewPosition position, CancellationToken cancellationToken) => store.QueryAsync(
            options.ToFilter() with { Since = null },
            new JobEventQueryOptions { After = new JobEventCursor(sequence, position.Stream) },
            cancellationToken);

    /// <summary>The jobs of one list, as entries come.</summary>
    private sealed class Listing(JobListOptions options, ulong first, JobViewTail tail)
    {
        private readonly Dictionary<string, JobSummary> _jobs = new(StringComparer.Ordinal);
        private readonly HashSet<string> _met = new(StringComparer.Ordinal);
        private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
        private readonly bool _ofAllServices = options.Service == JobEventFilter.AllServices;

        /// <summary>Jobs with events after the view's position whose entries have not come, and those that are expected.</summary>
        public IReadOnlyList<string> NotMet => [.. tail.Keys.Union(_expected).Where(key => !_met.Contains(key))];

        /// <summary>The job has an event since the read began: where it is not listed, its entry may not have come.</summary>
        public void Expect(string key)
        {
            if (!_jobs.ContainsKey(key))
                _ = _expected.Add(key);
        }

        public void Add(string key, JobViewEntry entry)
        {
            var job = entry.Job;
            if (tail.TryGet(key, out var events))
            {
                _ = _met.Add(key);
                foreach (var jobEvent in events.Where(jobEvent => jobEvent.Sequence > entry.Through))
                    job = JobFold.Next(job, jobEvent).Job;
            }

            // Of all services, whether a job is meant is known when all of them have come; so it is of one that is partly removed.
            var isHeld = job is not null && job.LastSequence >= first && (_ofAllServices || job.FirstSequence < first || options.Matches(job));
            if (isHeld)
                _jobs[key] = job!;
            else
                _ = _jobs.Remove(key);
        }

        public async ValueTask<IReadOnlyCollection<JobSummary>> ToListAsync(IJobEventStore store, CancellationToken cancellationToken)
        {
            var listed = new List<JobSummary>();
            foreach (var ofJob in _jobs.Values.GroupBy(job => (job.Environment, job.JobId, Service: _ofAllServices ? null : job.Service)))
            {
                var isWhole = ofJob.Count() == 1 && ofJob.First().FirstSequence >= first;
                var job = isWhole ? ofJob.First() : await FoldAsync(store, ofJob.First(), cancellationToken).ConfigureAwait(false);
                if (job is not null && options.Matches(job))
                    listed.Add(job);
            }

            return listed;
        }

        private ValueTask<JobSummary?> FoldAsync(IJobEventStore store, JobSummary job, CancellationToken cancellationToken) =>
            JobListing.FoldAsync(
                store,
                new JobEventFilter { JobId = job.JobId, Environment = job.Environment, Service = _ofAllServices ? JobEventFilter.AllServices : job.Service },
                cancellationToken);
    }
}
