using Microsoft.Extensions.Logging;

namespace Naq.Events.Logging;

/// <summary>The log messages of the logging path. Event ids 100 to 199. Values that are no strings are objects (docs/decisions/0031).</summary>
internal static partial class LoggingLog
{
    [LoggerMessage(100, LogLevel.Warning,
        "{Count} job events were lost ({Kind}): {Reason} The first has the id {FirstId}; OnLoss is told of all.")]
    public static partial void EventsLost(ILogger logger, object count, object kind, string reason, object firstId);

    [LoggerMessage(101, LogLevel.Error, "The OnLoss callback threw.")]
    public static partial void LossCallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(102, LogLevel.Warning,
        "Job events stay buffered, since the store cannot be reached: {Problem} The next attempt is in {Seconds:F1} s.")]
    public static partial void StoreUnreachable(ILogger logger, string problem, object seconds);

    [LoggerMessage(103, LogLevel.Warning, "The store refused a batch of job events: {Problem} The next attempt is in {Seconds:F1} s.")]
    public static partial void StoreRefused(ILogger logger, string problem, object seconds);

    [LoggerMessage(104, LogLevel.Critical, "The pump of the job event logger ended; events stay in its buffer until it overflows. This is a bug.")]
    public static partial void PumpFailed(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "The store failed after the logger had ended; the events were reported as abandoned.")]
    public static partial void LateAppendFailed(ILogger logger, Exception exception);

    [LoggerMessage(106, LogLevel.Information,
        "The buffer of the job event logger takes {Bytes} bytes at most, a quarter of the memory that this process may use, rather than MaxBufferBytes ({Wanted}).")]
    public static partial void BufferBounded(ILogger logger, object bytes, object wanted);
}
