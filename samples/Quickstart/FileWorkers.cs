namespace Quickstart;

/// <summary>Puts a job for each file into the queue, and runs the workers that take them out.</summary>
public sealed class FileWorkers(FileQueue queue, JobLog log, TimeProvider timeProvider)
{
    /// <summary>How often a file is tried.</summary>
    public const int MaxAttempts = 3;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Returns when every job has come to its end and the store has every event.</summary>
    /// <param name="files">The files, with the ids of their jobs.</param>
    /// <param name="workers">How many jobs run at once.</param>
    /// <param name="stop">Takes no new files, and cancels the jobs that are under way.</param>
    public async Task<RunResult> RunAsync(
        IReadOnlyList<(string JobId, string Path)> files, int workers, CancellationToken stop)
    {
        var started = timeProvider.GetTimestamp();
        var working = Enumerable.Range(1, workers)
            .Select(number => Task.Run(() => WorkAsync($"hasher-{number}", stop), CancellationToken.None))
            .ToArray();
        var jobs = await EnqueueAsync(files, stop);
        await Task.WhenAll(working);

        using var deadline = new CancellationTokenSource(FlushTimeout, timeProvider);
        var flush = await log.FlushAsync(deadline.Token);
        var stopped = jobs < files.Count || log.Counts.ContainsKey("cancelled");
        return new RunResult(jobs, stopped, timeProvider.GetElapsedTime(started), log.Counts, flush);
    }

    private async Task<int> EnqueueAsync(IReadOnlyList<(string JobId, string Path)> files, CancellationToken stop)
    {
        var jobs = 0;
        foreach (var (jobId, path) in files)
        {
            if (stop.IsCancellationRequested)
                break;

            var job = new FileHashJob(jobId, path);
            log.Enqueued(job);
            await queue.EnqueueAsync(job);
            jobs++;
        }

        queue.Done();
        return jobs;
    }

    private async Task WorkAsync(string worker, CancellationToken stop)
    {
        await foreach (var job in queue.DequeueAllAsync())
        {
            if (stop.IsCancellationRequested)
                Cancel(job, worker);
            else
                Run(job, worker, stop);

            // A job keeps its thread while it runs. Between two of them, the logger and the handlers have their turn.
            await Task.Yield();
        }
    }

    private void Run(FileHashJob job, string worker, CancellationToken stop)
    {
        log.Dequeued(job, worker, timeProvider.GetElapsedTime(job.QueuedAt));
        try
        {
            log.Run(job, worker, stopped => log.Hashed(job, worker, job.Run(stopped)), stop);
            queue.Done();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            queue.Done();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RetryOrGiveUp(job, worker, error, stop);
        }
    }

    private void RetryOrGiveUp(FileHashJob job, string worker, Exception error, CancellationToken stop)
    {
        if (job.Attempt == MaxAttempts)
        {
            log.MaxRetriesExceeded(job, worker, error);
            queue.Done();
            return;
        }

        var next = job with { Attempt = job.Attempt + 1 };
        var delay = FirstRetryDelay * Math.Pow(2, job.Attempt - 1);
        log.RetryScheduled(next, worker, delay, error);
        _ = queue.EnqueueLaterAsync(next, delay, stop);
    }

    private void Cancel(FileHashJob job, string worker)
    {
        log.Cancelled(job, worker);
        queue.Done();
    }
}
