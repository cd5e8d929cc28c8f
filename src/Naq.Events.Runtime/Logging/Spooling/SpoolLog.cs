using Microsoft.Extensions.Logging;

namespace Naq.Events.Logging.Spooling;

/// <summary>The log messages of the spool. Event ids 120 to 139. Values that are no strings are objects (docs/decisions/0031).</summary>
internal static partial class SpoolLog
{
    [LoggerMessage(120, LogLevel.Error,
        "Job events are not spooled: {Problem} Until they are again, they are kept in memory only; of what does not fit, {Which} are lost.")]
    public static partial void Unavailable(ILogger logger, string problem, string which);

    [LoggerMessage(121, LogLevel.Information, "Job events are spooled again in {Directory}.")]
    public static partial void Available(ILogger logger, string directory);

    [LoggerMessage(122, LogLevel.Error,
        "{Bytes} bytes of the spool file {File} from offset {Offset} on are damaged; they were skipped, and the job events in them are lost.")]
    public static partial void Damaged(ILogger logger, object bytes, string file, object offset);

    [LoggerMessage(123, LogLevel.Information, "{Count} job events of an earlier process are published first; they are in the spool {Directory}.")]
    public static partial void LeftBehind(ILogger logger, object count, string directory);

    [LoggerMessage(124, LogLevel.Information, "{Count} job events of a process that is gone were taken over from the spool {Directory}.")]
    public static partial void Adopted(ILogger logger, object count, string directory);

    [LoggerMessage(125, LogLevel.Information, "{Count} job events stay in the spool {Directory}; they are published at the next start.")]
    public static partial void Kept(ILogger logger, object count, string directory);

    [LoggerMessage(126, LogLevel.Warning, "The spool file {File} is no longer needed, but cannot be removed: {Problem}")]
    public static partial void NotRemoved(ILogger logger, string file, string problem);

    [LoggerMessage(127, LogLevel.Information,
        "{Found} of {Count} spooled job events that may have been sent before are in the store already; they are not published again.")]
    public static partial void FoundStored(ILogger logger, object found, object count);
}
