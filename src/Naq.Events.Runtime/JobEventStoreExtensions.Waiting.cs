using Naq.Events.Serialization;

namespace Naq.Events;

public static partial class JobEventStoreExtensions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>
    /// Waits for the first event of that name of a job. One that is stored already is found, and one that comes cannot be missed.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="eventName">The wire token, such as <c>completed</c> or <c>payment_captured</c>.</param>
    /// <param name="timeout">How long to wait: up to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">There was no such event in time.</exception>
    /// <exception cref="ArgumentException">The id or the name is not valid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or too long.</exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached.</exception>
    public static ValueTask<JobEvent> WaitForEventAsync(
        this IJobEventStore store, string jobId, string eventName, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestTimeout);
        }

        var filter = new JobEventFilter { JobId = JobEventRules.CheckedJobId(jobId), EventNames = [eventName] };
        return WaitAsync(store, filter, timeout, cancellationToken);
    }

    /// <summary>Waits for the first event of a standard type of a job, as the overload with a name does.</summary>
    /// <param name="store">The store.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="type">The type.</param>
    /// <param name="timeout">How long to wait: up to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">There was no such event in time.</exception>
    /// <exception cref="ArgumentException">The id is not valid, or the type is not a standard one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or too long.</exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached.</exception>
    public static ValueTask<JobEvent> WaitForEventAsync(
        this IJobEventStore store, string jobId, JobEventType type, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        store.WaitForEventAsync(jobId, EventNames.TokenOf(type), timeout, cancellationToken);

    private static async ValueTask<JobEvent> WaitAsync(
        IJobEventStore store, JobEventFilter filter, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // The stream joins history to live, so that there is no moment between a look and a wait.
            await foreach (var jobEvent in store.StreamAsync(filter, JobEventStart.Beginning, either.Token).ConfigureAwait(false))
                return jobEvent;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The job '{filter.JobId}' had no event '{filter.EventNames.First()}' within {timeout}.");
        }

        throw new JobEventStoreException("The store ended the stream.");
    }
}
