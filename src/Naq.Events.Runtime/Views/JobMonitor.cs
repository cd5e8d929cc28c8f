using System.Runtime.CompilerServices;

namespace Naq.Events.Views;

/// <summary>Follows one job from its first event to its end.</summary>
internal static class JobMonitor
{
    public static async IAsyncEnumerable<JobUpdate> FollowAsync(
        IJobEventStore store, JobEventFilter filter, TimeSpan retryGrace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var options = new JobEventSubscriptionOptions { Start = JobEventStart.Beginning };
        var messages = store.SubscribeAsync(filter, options, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = messages.MoveNextAsync().AsTask();
        var (job, isLive, lost) = ((JobSummary?)null, false, false);
        try
        {
            // A stored end may be left by a stored requeue: what history says is known only when it is read.
            while (!isLive || job is not { IsEnded: true } || !await IsOverAsync(job, next, retryGrace, cancellationToken).ConfigureAwait(false))
            {
                if (!await next.ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    throw new JobEventStoreException("The store ended the subscription.");
                }

                var message = messages.Current;
                if (message is JobEventReceived { Event: var jobEvent })
                {
                    job = JobFold.Next(job, jobEvent).Job;
                    yield return new JobUpdate(jobEvent, job, isLive, lost);
                }

                isLive = message is JobEventsCaughtUp || (isLive && message is not JobEventsFellBehind);
                lost |= message is JobEventsLost;
                next = messages.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The read that is under way ends first: an enumerator must not be disposed below one.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async ValueTask<bool> IsOverAsync(JobSummary job, Task next, TimeSpan retryGrace, CancellationToken cancellationToken)
    {
        if (job.State is not (JobState.Failed or JobState.TimedOut) || job.RetriesExhausted)
            return true;

        await next.WaitAsync(retryGrace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return !next.IsCompleted;
    }
}
