using System.Collections.Concurrent;
using Naq.Events.Views;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Folds events into the entries of one epoch. Events come in the order of their sequences and with none left out since the view's
/// position; an entry says up to where it has been folded. So it does not matter who writes, or how often: a write in whose place another
/// was made is made again on top of that.
/// </summary>
internal sealed class JobViewWriter(JobViewBucket bucket, long epoch)
{
    private const int WritesAtOnce = 64;
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<string, Revised<JobViewEntry>> _known = new(StringComparer.Ordinal);

    /// <summary>Folds a batch.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="through">The last sequence of the stream that was read for it.</param>
    /// <param name="cancellationToken">Ends the wait; what is not written then can be written again.</param>
    public async ValueTask ApplyAsync(IReadOnlyList<JobEvent> batch, ulong through, CancellationToken cancellationToken)
    {
        var jobs = batch.GroupBy(jobEvent => JobViewKey.Of(epoch, jobEvent), StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(jobs, parallel, (job, token) => ApplyAsync(job.Key, [.. job], through, token)).ConfigureAwait(false);
        if (_known.Count > MostKnown)
            _known.Clear();
    }

    private async ValueTask ApplyAsync(string key, JobEvent[] events, ulong through, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_known.TryGetValue(key, out var present))
                present = await bucket.FindEntryAsync(key, cancellationToken).ConfigureAwait(false);

            var next = Fold(present.Value, events, through);
            if (ReferenceEquals(next, present.Value))
                return;

            var revision = await bucket.PutEntryAsync(key, next, present.Revision, cancellationToken).ConfigureAwait(false);
            if (revision > 0)
            {
                _known[key] = new Revised<JobViewEntry>(revision, next);
                return;
            }

            _ = _known.TryRemove(key, out _);
        }
    }

    private static JobViewEntry Fold(JobViewEntry? present, JobEvent[] events, ulong through)
    {
        var job = present?.Job;
        var isNew = present is null;
        foreach (var jobEvent in events.Where(jobEvent => jobEvent.Sequence > (present?.Through ?? 0)))
        {
            job = JobFold.Next(job, jobEvent).Job;
            isNew = true;
        }

        return isNew ? new JobViewEntry(Math.Max(through, present?.Through ?? 0), job) : present!;
    }
}
