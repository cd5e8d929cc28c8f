namespace Naq.Events;

/// <content>Runs of jobs whose work is asynchronous, and scopes by hand.</content>
public static partial class JobEventLoggerExtensions
{
    /// <summary>
    /// Starts a run of a job: logs <c>started</c>, and makes the scope the current one. Say how it ends by
    /// <see cref="JobScope.Complete"/> or another of its methods, and dispose it. Where the work is one piece,
    /// <see cref="RunJobAsync(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    /// sees to both.
    /// </summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">
    /// The job's id, 1 to 256 characters. Without a usable one its events are refused, as those of a log call are; the job runs.
    /// </param>
    /// <param name="options">What is known of the run; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">What stops the work; <see cref="JobScope.CancellationToken"/> passes it on.</param>
    /// <exception cref="ArgumentNullException">The logger is <see langword="null"/>.</exception>
    public static JobScope BeginJob(
        this IJobEventLogger logger, string jobId, JobRunOptions? options = null, CancellationToken cancellationToken = default) =>
        JobScope.Begin(logger, jobId, options, cancellationToken);

    /// <inheritdoc cref="RunJobAsync(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    public static Task RunJobAsync(
        this IJobEventLogger logger, string jobId, Func<JobScope, CancellationToken, Task> work,
        CancellationToken cancellationToken = default) => RunJobAsync(logger, jobId, options: null, work, cancellationToken);

    /// <summary>
    /// Runs a job and logs its life: <c>started</c>, then <c>completed</c>, or <c>failed</c>, <c>cancelled</c> or <c>timeout</c>
    /// with what the work threw, which is thrown on untouched. A failing logger does not change the outcome.
    /// </summary>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">
    /// The job's id, 1 to 256 characters. Without a usable one its events are refused, as those of a log call are; the job runs.
    /// </param>
    /// <param name="options">What is known of the run; the defaults when <see langword="null"/>.</param>
    /// <param name="work">
    /// The work. Its token is cancelled with the caller's, and when <see cref="JobRunOptions.Timeout"/> is over; work that
    /// returns all the same is completed.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException">The logger or the work is <see langword="null"/>.</exception>
    public static Task RunJobAsync(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Func<JobScope, CancellationToken, Task> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunJobAsync(
            logger, jobId, options, work, static (work, job, stop) => work(job, stop), cancellationToken);
    }

    /// <summary>
    /// Runs a job and logs its life, with a state that is passed to the work: a <c>static</c> lambda then needs no closure.
    /// </summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="logger">The logger.</param>
    /// <param name="jobId">
    /// The job's id, 1 to 256 characters. Without a usable one its events are refused, as those of a log call are; the job runs.
    /// </param>
    /// <param name="options">What is known of the run; the defaults when <see langword="null"/>.</param>
    /// <param name="state">What the work is given.</param>
    /// <param name="work">The work. Its token is cancelled with the caller's, and when the time limit is over.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException">The logger or the work is <see langword="null"/>.</exception>
    public static async Task RunJobAsync<TState>(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, TState state,
        Func<TState, JobScope, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var job = JobScope.Begin(logger, jobId, options, cancellationToken);
        try
        {
            await work(state, job, job.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            job.End(exception);
            throw;
        }

        job.Complete();
    }

    /// <inheritdoc cref="RunJobAsync{TResult}(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task{TResult}}, CancellationToken)"/>
    public static Task<TResult> RunJobAsync<TResult>(
        this IJobEventLogger logger, string jobId, Func<JobScope, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default) => RunJobAsync(logger, jobId, options: null, work, cancellationToken);

    /// <inheritdoc cref="RunJobAsync(IJobEventLogger, string, JobRunOptions?, Func{JobScope, CancellationToken, Task}, CancellationToken)"/>
    /// <returns>What the work returned.</returns>
    public static Task<TResult> RunJobAsync<TResult>(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, Func<JobScope, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunJobAsync(
            logger, jobId, options, work, static (work, job, stop) => work(job, stop), cancellationToken);
    }

    /// <inheritdoc cref="RunJobAsync{TState}(IJobEventLogger, string, JobRunOptions?, TState, Func{TState, JobScope, CancellationToken, Task}, CancellationToken)"/>
    /// <returns>What the work returned.</returns>
    public static async Task<TResult> RunJobAsync<TState, TResult>(
        this IJobEventLogger logger, string jobId, JobRunOptions? options, TState state,
        Func<TState, JobScope, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var job = JobScope.Begin(logger, jobId, options, cancellationToken);
        TResult result;
        try
        {
            result = await work(state, job, job.CancellationToken).ConfigureAwait(false);
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
