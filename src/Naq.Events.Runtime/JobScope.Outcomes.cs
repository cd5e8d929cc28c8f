using Naq.Events.Jobs;

namespace Naq.Events;

/// <content>How a run ends. The first outcome counts; later ones are ignored, also those that come at the same time.</content>
public sealed partial class JobScope
{
    /// <summary>The job ended well: logs <c>completed</c>, with what it cost.</summary>
    /// <param name="message">The event's message; the standard one when <see langword="null"/>.</param>
    public void Complete(string? message = null) => End(
        JobEventType.Completed,
        message,
        static (scope, cost, message) => scope.Logger.LogCompleted(
            scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName, message,
            scope.StartedAt, cost.DurationMs, cost.MemoryMb, cost.CpuTimeMs, scope._options.Tags, scope._options.Metadata,
            scope.Attempt, scope.RunId, scope.ParentId, scope.RootId, scope.CorrelationId));

    /// <summary>The job failed, whatever was thrown: logs <c>failed</c>. <see cref="End(Exception)"/> looks closer.</summary>
    /// <param name="error">What was thrown. Its type, message, stack and fingerprint become the error fields.</param>
    public void Fail(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        End(
            JobEventType.Failed,
            error,
            static (scope, cost, error) => scope.Logger.LogFailed(
                scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName, error,
                scope.Attempt - 1, scope.StartedAt, cost.DurationMs, cost.MemoryMb, cost.CpuTimeMs, scope._options.Tags,
                scope._options.Metadata, scope.Attempt, scope.RunId, scope.ParentId, scope.RootId, scope.CorrelationId));
    }

    /// <summary>The job failed without an exception: logs <c>failed</c> with a <see cref="JobFailedException"/>.</summary>
    /// <param name="reason">Why, for people.</param>
    public void Fail(string reason) => Fail(new JobFailedException(reason));

    /// <summary>The job was cancelled: logs <c>cancelled</c>. The token of its work is not touched.</summary>
    /// <param name="reason">Why, for people.</param>
    public void Cancel(string? reason = null) => End(
        JobEventType.Cancelled,
        reason,
        static (scope, cost, reason) => scope.Logger.LogCancelled(
            scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName, reason,
            scope.StartedAt, cost.DurationMs, cost.MemoryMb, cost.CpuTimeMs, scope._options.Tags, scope._options.Metadata,
            scope.Attempt, scope.RunId, scope.ParentId, scope.RootId, scope.CorrelationId));

    /// <summary>
    /// The job ran past its limit: logs <c>timeout</c>. Where <see cref="JobRunOptions.Timeout"/> gives no limit, the time that
    /// it has run stands for one. The token of its work is not touched.
    /// </summary>
    public void TimeOut() => End(
        JobEventType.Timeout,
        _options.Timeout,
        static (scope, cost, limit) => scope.Logger.LogTimeout(
            scope.JobId, scope.Now(), scope._options.WorkerId, scope._options.WorkerType, scope._options.QueueName,
            limit?.TotalMilliseconds ?? cost.DurationMs, scope.StartedAt, cost.DurationMs, cost.MemoryMb, cost.CpuTimeMs,
            scope._options.Tags, scope._options.Metadata, scope.Attempt, scope.RunId, scope.ParentId, scope.RootId,
            scope.CorrelationId));

    /// <summary>
    /// Ends the run by what its work threw, as the <c>RunJob</c> methods do: <c>cancelled</c> when the caller's token was
    /// cancelled, <c>timeout</c> when the limit was over before that, and the exception is an
    /// <see cref="OperationCanceledException"/> or carries one inside; else <c>failed</c>. Once the limit is over, a
    /// <see cref="TimeoutException"/> counts as its consequence too.
    /// </summary>
    /// <param name="error">What was thrown.</param>
    public void End(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        switch (Cause)
        {
            case StopCause.Cancelled when StoppedWork.IsCancelled(error):
                Cancel(StoppedWork.TokenCancelled);
                break;

            case StopCause.Deadline when StoppedWork.IsCancelled(error) || StoppedWork.IsTimedOut(error):
                TimeOut();
                break;

            default:
                Fail(error);
                break;
        }
    }

    private void Abandon()
    {
        if (Outcome is not null)
            return;

        switch (Cause)
        {
            case StopCause.Cancelled:
                Cancel(StoppedWork.TokenCancelled);
                break;

            case StopCause.Deadline:
                TimeOut();
                break;

            default:
                Fail(new JobAbandonedException());
                break;
        }
    }

    private void End<T>(JobEventType outcome, T argument, Action<JobScope, JobCost, T> log)
    {
        // The lock that beats are logged under: none comes after the end.
        lock (_lock)
        {
            if (Outcome is not null)
                return;

            Outcome = outcome;
        }

        StopTimers();
        var cost = Meter.Stop(Elapsed);
        Tell(outcome, (cost, argument, log), static (scope, end) => end.log(scope, end.cost, end.argument));
    }

    private DateTimeOffset Now() => _timeProvider.GetUtcNow();
}
