using Microsoft.Extensions.Logging;

namespace Naq.Events.Jobs;

/// <summary>The log messages of job scopes. Event ids 200 to 299.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(200, LogLevel.Error, "The event '{EventName}' of job {JobId} is missing: the job event logger threw. The job is not affected.")]
    public static partial void EventNotLogged(ILogger logger, Exception exception, string eventName, string jobId);

    [LoggerMessage(201, LogLevel.Error, "Job {JobId} reached its time limit, and a callback on its cancellation threw.")]
    public static partial void StopCallbackFailed(ILogger logger, Exception exception, string jobId);
}
