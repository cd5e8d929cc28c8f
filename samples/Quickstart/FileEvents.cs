using Naq.Events;

namespace Quickstart;

/// <summary>The sample's own event, beside the standard ones. The generator writes the body.</summary>
public static partial class FileEvents
{
    /// <summary>A file's content is known. What is not a field of every event becomes details: size_bytes and sha256.</summary>
    [JobEvent("file_hashed", "{sizeBytes} bytes, SHA-256 {sha256}")]
    public static partial void LogFileHashed(
        this IJobEventLogger logger, string jobId, string workerId, long sizeBytes, string sha256);
}
