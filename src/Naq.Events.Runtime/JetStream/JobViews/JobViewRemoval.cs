using Naq.Events.Hosting;
using Naq.Events.Serialization;
using Naq.Events.Views;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Takes out of the view what was removed from the stream on request: job by job where it is known which jobs these are, else the view
/// is built again. Called when the events are removed already.
/// </summary>
internal sealed class JobViewRemoval(JobViewBucket bucket, Consumers events, IJobEventStore store, string prefix)
{
    /// <summary>More jobs than this are not taken out one by one.</summary>
    public const int MostJobs = 1_000;

    private const int JobsAtOnce = 32;

    public async ValueTask<bool> IsThereAsync(CancellationToken cancellationToken) =>
        (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value is not null;

    /// <summary>Folds jobs again from what is left of them.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="erase">Whether the server writes over the bytes of their entries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask RefreshAsync(IReadOnlyCollection<JobViewJob> jobs, bool erase, CancellationToken cancellationToken)
    {
        if (jobs.Count > MostJobs || !jobs.All(IsReadable))
        {
            await ResetAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = JobsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(jobs, parallel, (job, token) => RefreshAsync(job, erase, token)).ConfigureAwait(false);
    }

    /// <summary>Has the view built again, from the first event on; until then lists are folded from the stream.</summary>
    public async ValueTask ResetAsync(CancellationToken cancellationToken)
    {
        while (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false) is { Value: { } position } present)
        {
            var next = position with { Epoch = position.Epoch + 1, Sequence = 0 };
            if (await bucket.PutPositionAsync(next, present.Revision, cancellationToken).ConfigureAwait(false) == 0)
                continue;

            await bucket.PurgeAsync(position.Epoch, cancellationToken).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>The job of a message; <see langword="null"/> when it is not there, or no event.</summary>
    public async ValueTask<JobViewJob?> JobOfAsync(ulong sequence, CancellationToken cancellationToken)
    {
        var message = await RawMessage.FindAsync(bucket.Consumers.Api, events.Stream, sequence, nextBySubject: null, cancellationToken)
            .ConfigureAwait(false);
        return message is not null
            && JobEventSubject.Split(message.Subject, prefix, out var tokens) is null
            && JobEventSubject.TryDecodeJobId(tokens.JobId, out var jobId)
            ? new JobViewJob(tokens.Environment.ToString(), tokens.Service.ToString(), jobId)
            : null;
    }

    // Other clients may use tokens that a filter does not take.
    private static bool IsReadable(JobViewJob job) => SubjectTokenAttribute.IsToken(job.Environment) && SubjectTokenAttribute.IsToken(job.Service);

    private async ValueTask RefreshAsync(JobViewJob job, bool erase, CancellationToken cancellationToken)
    {
        while ((await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value is { } position)
        {
            await RefreshAsync(job, position.Epoch, erase, cancellationToken).ConfigureAwait(false);

            // A build that began before the removal may have read what is removed now; one that begins now does not.
            var after = (await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false)).Value;
            if (after?.Epoch == position.Epoch)
                return;
        }
    }

    private async ValueTask RefreshAsync(JobViewJob job, long epoch, bool erase, CancellationToken cancellationToken)
    {
        var key = JobViewKey.Of(epoch, job.Environment, job.Service, job.JobId);
        var ofJob = new JobEventFilter { JobId = job.JobId, Service = job.Service, Environment = job.Environment };
        while (true)
        {
            var present = await bucket.FindEntryAsync(key, cancellationToken).ConfigureAwait(false);
            if (erase && present.Revision > 0)
            {
                _ = await new MessageRemoval(bucket.Consumers).DeleteAsync(present.Revision, erase: true, cancellationToken).ConfigureAwait(false);
                present = default;
            }

            // In this order: every event up to there is in the fold, or is removed.
            var through = (await events.StateAsync(cancellationToken).ConfigureAwait(false)).Last;
            var entry = new JobViewEntry(through, await JobListing.FoldAsync(store, ofJob, cancellationToken).ConfigureAwait(false));
            if (await bucket.PutEntryAsync(key, entry, present.Revision, cancellationToken).ConfigureAwait(false) > 0)
                return;
        }
    }
}
