using System.Buffers.Binary;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// How far the spool's events have come, in a file of their own: those up to one order are done, those up to another were handed to
/// the publisher. Each is a number that is written at once, so that it is never half a number after a crash.
/// </summary>
internal sealed class SpoolPosition : IDisposable
{
    private const int FileLength = 4096;
    private const int AcknowledgedOffset = 8;
    private const int TakenOffset = 16;

    private static readonly long Magic = BinaryPrimitives.ReadInt64LittleEndian("NAQPOS01"u8);

    private readonly MappedFile _file;
    private long _acknowledged;
    private long _taken;

    private SpoolPosition(MappedFile file)
    {
        _file = file;
        _acknowledged = file.Read<long>(AcknowledgedOffset);
        _taken = file.Read<long>(TakenOffset);
    }

    /// <summary>All events up to this order have their outcome.</summary>
    public long Acknowledged
    {
        get => _acknowledged;
        set => _file.Write(AcknowledgedOffset, _acknowledged = value);
    }

    /// <summary>All events up to this order may have been sent.</summary>
    public long Taken
    {
        get => _taken;
        set => _file.Write(TakenOffset, _taken = value);
    }

    /// <summary>Opens the file, or creates one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="isNew">Whether there was none that could be read: any event may then have been sent, or be done.</param>
    public static SpoolPosition Open(string path, out bool isNew)
    {
        isNew = false;
        if (File.Exists(path))
        {
            if (new FileInfo(path).Length == FileLength)
            {
                var file = MappedFile.Open(path);
                if (file.Read<long>(0) == Magic)
                    return new SpoolPosition(file);

                file.Dispose();
            }

            File.Delete(path);
        }

        isNew = true;
        var created = MappedFile.Create(path, FileLength);
        created.Write(0, Magic);
        return new SpoolPosition(created);
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();
}
