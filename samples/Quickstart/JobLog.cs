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

    // No heartbeats: they come from a timer, and every event is to be counted.
    private static readonly JobRunOptions RunOptions = new() { QueueName = Queue, WorkerType = "hasher", HeartbeatInterval = null };

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

    /// <summary>
    /// Runs an attempt. How it starts and how it ends, with what it cost, is logged around it; what the work logs for the same
    /// job carries the run's id and the attempt.
    /// </summary>
    public void Run(FileHashJob job, string worker, Action<CancellationToken> work, CancellationToken stop)
    {
        var options = RunOptions with { WorkerId = worker, Attempt = job.Attempt };
        JobScope? run = null;
        try
        {
            logger.RunJob(
                job.Id,
                options,
                (scope, stopped) =>
                {
                    run = scope;
                    work(stopped);
                },
                stop);
        }
        finally
        {
            Count("started");
            Count(run?.Outcome switch
            {
                JobEventType.Completed => "completed",
                JobEventType.Cancelled => "cancelled",
                _ => "failed",
            });
        }
    }

    public void Hashed(FileHashJob job, string worker, FileHash hash)
    {
        logger.LogFileHashed(job.Id, worker, hash.SizeBytes, hash.Sha256);
        Count("file_hashed");
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

    /// <summary>A job that was stopped before it ran.</summary>
    public void Cancelled(FileHashJob job, string worker)
    {
        logger.LogJobCancelled(job.Id, worker, "The program was asked to stop.", queueName: Queue, attempt: job.Attempt);
        Count("cancelled");
    }

    /// <summary>Waits until the store has all that was logged.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => logger.FlushAsync(cancellationToken);

    private void Count(string eventName) => _counts.AddOrUpdate(eventName, 1, static (_, count) => count + 1);
}
