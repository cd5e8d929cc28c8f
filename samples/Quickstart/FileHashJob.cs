using System.Buffers;
using System.Security.Cryptography;

namespace Quickstart;

/// <summary>The work: one attempt at hashing one file.</summary>
/// <param name="Id">The job's id: the file's path under the folder.</param>
/// <param name="Path">The file.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
public sealed record FileHashJob(string Id, string Path, int Attempt = 1)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>When it was put into the queue, in ticks of the clock.</summary>
    public long QueuedAt { get; init; }

    /// <summary>Hashes the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public FileHash Run(CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            const FileShare everything = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, everything, bufferSize: 0);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            while (file.Read(buffer, 0, BufferSize) is var count and > 0)
            {
                stop.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, count);
                size += count;
            }

            return new FileHash(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>What a job found out.</summary>
/// <param name="SizeBytes">The file's size, in bytes.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
public readonly record struct FileHash(long SizeBytes, string Sha256);
