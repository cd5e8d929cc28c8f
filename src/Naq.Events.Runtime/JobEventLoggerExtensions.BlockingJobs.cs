using System.ComponentModel;

namespace Naq.Events;

/// <content>Runs of jobs whose work blocks its thread.</content>
public static partial class JobEventLoggerExtensions
{
    private const string UseAsync = "Use RunJobAsync: RunJob would take the job for completed at its first await.";

    /// <inheritdoc cref="RunJobAsync(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    public static void RunJob(
        this IJobEventLogger logger, string jobId, Action<JobScope, CancellationToken> work,
        CancellationToken cancellationToken = default) => RunJob(logger, jobId, options: null, work, cancellationToken);

    /// <inheritdoc cref="RunJobAsync(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    public static void RunJob(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Action<JobScope, CancellationToken> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        _ = Run(
            logger,
            jobId,
            options,
            work,
            static (work, job, stop) =>
            {
                work(job, stop);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc cref="RunJobAsync{TResult}(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task{TResult}}, CancellationToken)"/>
    public static TResult RunJob<TResult>(
        this IJobEventLogger logger, string jobId, Func<JobScope, CancellationToken, TResult> work,
        CancellationToken cancellationToken = default) => RunJob(logger, jobId, options: null, work, cancellationToken);

    /// <inheritdoc cref="RunJobAsync{TResult}(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task{TResult}}, CancellationToken)"/>
    public static TResult RunJob<TResult>(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Func<JobScope, CancellationToken, TResult> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run(logger, jobId, options, work, static (work, job, stop) => work(job, stop), cancellationToken);
    }

    /// <summary>Not to be called: an asynchronous job is run with <c>RunJobAsync</c>.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [Obsolete(UseAsync, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunJob(
        this IJobEventLogger logger, string jobId, Func<JobScope, CancellationToken, Task> work,
        CancellationToken cancellationToken = default) => throw new NotSupportedException(UseAsync);

    /// <inheritdoc cref="RunJob(IJobEventLogger, string, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    [Obsolete(UseAsync, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunJob(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Func<JobScope, CancellationToken, Task> work,
        CancellationToken cancellationToken = default) => throw new NotSupportedException(UseAsync);

    /// <inheritdoc cref="RunJob(IJobEventLogger, string, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    [Obsolete(UseAsync, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task<TResult> RunJob<TResult>(
        this IJobEventLogger logger, string jobId, Func<JobScope, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default) => throw new NotSupportedException(UseAsync);

    /// <inheritdoc cref="RunJob{TResult}(IJobEventLogger, string, Func{JobScope, CancellationToken, Task{TResult}}, CancellationToken)"/>
    [Obsolete(UseAsync, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task<TResult> RunJob<TResult>(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Func<JobScope, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default) => throw new NotSupportedException(UseAsync);

    private static TResult Run<TWork, TResult>(
        IJobEventLogger logger,
        string jobId,
        JobRunOptions? options,
        TWork work,
        Func<TWork, JobScope, CancellationToken, TResult> call,
        CancellationToken cancellationToken)
    {
        using var job = JobScope.Begin(logger, jobId, options, cancellationToken);
        TResult result;
        try
        {
            result = call(work, job, job.CancellationToken);
        }
        catch (Exception exception)
        {
            job.End(exception);
            throw;
        }

        job.Complete();
        return result;
    }
}
