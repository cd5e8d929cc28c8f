namespace Naq.Events.Logging.Spooling;

/// <summary>The spool cannot be used; the message says why, where, and what to do.</summary>
internal sealed class SpoolException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Explains what the file system said.</summary>
    public static SpoolException Of(Exception exception, string directory) => new(
        exception switch
        {
            UnauthorizedAccessException => $"The process may not write to {directory}. Give it the right to, or choose another directory "
                + "(JobEventLoggerOptions.Spool.Directory).",
            IOException io when IsDiskFull(io) => $"The disk of {directory} is full. Make room there, or choose another directory "
                + "(JobEventLoggerOptions.Spool.Directory).",
            _ => $"{directory} cannot be written: {exception.Message}",
        },
        exception);

    /// <summary>Whether the file system has no room: ENOSPC and EDQUOT, or what Windows calls them.</summary>
    public static bool IsDiskFull(IOException exception) =>
        exception.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
