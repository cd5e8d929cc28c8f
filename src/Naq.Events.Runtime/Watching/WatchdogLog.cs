using Microsoft.Extensions.Logging;

namespace Naq.Events.Watching;

/// <summary>The log messages of watchdogs. Event ids 280 to 299. Values that are no strings are objects (docs/decisions/0031).</summary>
internal static partial class WatchdogLog
{
    [LoggerMessage(280, LogLevel.Warning,
        "The job {JobId} has stalled: nothing was heard of its attempt {Attempt} on {WorkerId} since {LastBeatAt:O}.")]
    public static partial void JobStalled(ILogger logger, string jobId, object attempt, string? workerId, object lastBeatAt);

    [LoggerMessage(281, LogLevel.Information, "This watchdog is the active one; {Jobs} jobs beat.")]
    public static partial void Activated(ILogger logger, object jobs);

    [LoggerMessage(282, LogLevel.Information, "Another watchdog is the active one; this one stands by.")]
    public static partial void StandsBy(ILogger logger);

    [LoggerMessage(283, LogLevel.Warning, "The watchdog cannot watch: {Problem} The next attempt is in {Seconds:F1} s.")]
    public static partial void Interrupted(ILogger logger, string problem, object seconds);

    [LoggerMessage(284, LogLevel.Warning, "The watchdog cannot check now: {Problem} No job is taken for stalled meanwhile.")]
    public static partial void CheckFailed(ILogger logger, string problem);
}
