using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// A file that is written and read as memory. What is written belongs to the operating system at once: it outlives the process,
/// however that ends, and needs no system call.
/// </summary>
internal sealed class MappedFile : IDisposable
{
    private static readonly byte[] Zeros = new byte[64 * 1024];

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _bytes;

    private MappedFile(FileStream stream, int length)
    {
        _file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, length);
        _bytes = _view.SafeMemoryMappedViewHandle;
        Length = length;
    }

    public int Length { get; }

    /// <summary>Creates a file of zeros whose blocks are the file's own.</summary>
    /// <exception cref="IOException">There is no room, or the file is there already.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public static MappedFile Create(string path, int length)
    {
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            // A hole that finds no room when its page is written ends the process (SIGBUS); some file systems leave holes where
            // they are asked to allocate. Zeros that are written are there, or fail here.
            for (var written = 0; written < length; written += Zeros.Length)
                stream.Write(Zeros, 0, Math.Min(Zeros.Length, length - written));

            return new MappedFile(stream, length);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            File.Delete(path);

            // What .NET makes of EFBIG, the answer to a limit on files (ulimit -f).
            if (exception is ArgumentOutOfRangeException)
                throw new IOException($"A file of {length} bytes is larger than the system lets this process write.", exception);

            throw;
        }
    }

    /// <summary>Opens a file as it is.</summary>
    /// <exception cref="IOException">It cannot be read, is empty or larger than 2 GiB.</exception>
    public static MappedFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return stream.Length is > 0 and <= int.MaxValue
                ? new MappedFile(stream, (int)stream.Length)
                : throw new IOException($"The file {path} has {stream.Length} bytes, which is no file of a spool.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Write(int offset, ReadOnlySpan<byte> bytes) => _bytes.WriteSpan((ulong)offset, bytes);

    public void Write<T>(int offset, T value)
        where T : unmanaged => _bytes.Write((ulong)offset, value);

    public void Read(int offset, Span<byte> bytes) => _bytes.ReadSpan((ulong)offset, bytes);

    public T Read<T>(int offset)
        where T : unmanaged => _bytes.Read<T>((ulong)offset);

    /// <summary>Writes zeros.</summary>
    public void Clear(int offset, int end)
    {
        for (; offset < end; offset += Zeros.Length)
            Write(offset, Zeros.AsSpan(0, Math.Min(Zeros.Length, end - offset)));
    }

    /// <summary>Has the operating system write to the disk what was written here.</summary>
    public void Flush() => _view.Flush();

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
