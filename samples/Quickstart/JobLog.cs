using System.Collections.Concurrent;
using Naq.Events;

namespace Quickstart;

/// <summary>
/// Every log call of the sample. They write into a buffer and return at once; the store gets the events in the background. What
/// is logged is counted here, to be compared with the store at the end: an application has no need of that.
/// </summary>
public sealed class JobLog(IJobEventLogger logger)
{
    private const string Queue = "files";
    private const string WorkerType = "hasher";

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many events of each name were logged.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Enqueued(FileHashJob job)
    {
        logger.LogJobEnqueued(job.Id, Queue);
        Count("enqueued");
    }

    public void Dequeued(FileHashJob job, string worker, TimeSpan waited)
    {
        logger.LogJobDequeued(job.Id, Queue, worker, waited.TotalMilliseconds, job.Attempt);
        Count("dequeued");
    }

    public void Started(FileHashJob job, string worker)
    {
        if (job.Attempt == 1)
        {
            logger.LogJobStarted(job.Id, worker, WorkerType, Queue, job.Attempt);
            Count("started");
        }
        else
        {
            logger.LogJobRetryStarted(job.Id, job.Attempt, worker, FileWorkers.MaxAttempts, Queue);
            Count("retry_started");
        }
    }

    public void Hashed(FileHashJob job, string worker, FileHash hash)
    {
        logger.LogFileHashed(job.Id, worker, hash.SizeBytes, hash.Sha256);
        Count("file_hashed");
    }

    public void Completed(FileHashJob job, string worker, JobCost cost)
    {
        logger.LogJobCompleted(job.Id, worker, cost.DurationMs, cost.MemoryMb, cost.CpuTimeMs, Queue, job.Attempt);
        Count("completed");
    }

    public void Failed(FileHashJob job, string worker, JobCost cost, Exception error)
    {
        logger.LogJobFailed(
            job.Id, worker, error, cost.DurationMs, job.Attempt - 1, cost.MemoryMb, cost.CpuTimeMs, Queue, job.Attempt);
        Count("failed");
    }

    public void RetryScheduled(FileHashJob next, string worker, TimeSpan delay, Exception error)
    {
        logger.LogJobRetryScheduled(
            next.Id, next.Attempt, delay.TotalMilliseconds, error, FileWorkers.MaxAttempts, worker, Queue);
        Count("retry_scheduled");
    }

    public void MaxRetriesExceeded(FileHashJob job, string worker, Exception error)
    {
        logger.LogJobMaxRetriesExceeded(job.Id, job.Attempt, FileWorkers.MaxAttempts, error, worker, Queue);
        Count("max_retries_exceeded");
    }

    public void Cancelled(FileHashJob job, string worker, double? durationMs = null)
    {
        logger.LogJobCancelled(job.Id, worker, "The program was asked to stop.", durationMs, Queue, job.Attempt);
        Count("cancelled");
    }

    /// <summary>Waits until the store has all that was logged.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => logger.FlushAsync(cancellationToken);

    private void Count(string eventName) => _counts.AddOrUpdate(eventName, 1, static (_, count) => count + 1);
}
