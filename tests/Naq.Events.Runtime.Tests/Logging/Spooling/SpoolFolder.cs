using System.Text;
using Microsoft.Extensions.Logging;
using Naq.Events.Logging;
using Naq.Events.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

/// <summary>A directory for spools, and what they say.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("naq-spool-");
    private int _copies;

    public string Path => System.IO.Path.Combine(_root.FullName, "spool");

    public RecordedLog Log { get; } = new();

    public List<Guid> Dropped { get; } = [];

    public string[] Segments => Files("*.events");

    /// <summary>The bytes of all segments; of one that is removed meanwhile, none.</summary>
    public long Bytes => Segments.Sum(static path =>
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    });

    public static Guid Id(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    public static string Payload(int number, int length) => $"{{\"n\":{number}}}" + new string((char)('a' + (number % 26)), length);

    public string[] Files(string pattern) =>
        Directory.Exists(Path) ? [.. Directory.EnumerateFiles(Path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    public EventSpool Open(
        long maxBytes = 1 << 20, int segmentBytes = 1 << 12, bool dropsOldest = false, string? directory = null, Lock? gate = null,
        TimeProvider? timeProvider = null, TimeSpan? flushInterval = null) => EventSpool.Open(new SpoolSettings
        {
            Directory = directory ?? Path,
            MaxBytes = maxBytes,
            SegmentBytes = segmentBytes,
            DropsOldest = dropsOldest,
            FlushInterval = flushInterval,
            Gate = gate ?? new Lock(),
            OnDropped = ids =>
            {
                lock (Dropped)
                    Dropped.AddRange(ids);
            },
            Log = Log,
            TimeProvider = timeProvider ?? TimeProvider.System,
        });

    /// <summary>The files as a process leaves them that is killed now.</summary>
    public string Copy()
    {
        var copy = System.IO.Path.Combine(_root.FullName, $"copy-{_copies++}");
        foreach (var file in Files("*"))
        {
            var target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(Path, file));
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            try
            {
                if (System.IO.Path.GetFileName(file) != "lock")
                    File.Copy(file, target);
            }
            catch (FileNotFoundException)
            {
                // It was removed just now, since it is no longer needed.
            }
        }

        return copy;
    }

    public void Dispose() => _root.Delete(recursive: true);
}

internal static class SpoolSteps
{
    /// <summary>Appends the next event; its number is its order.</summary>
    public static bool Append(this EventSpool spool, int payloadLength = 20, bool isRead = false, string? trace = null)
    {
        var order = (int)spool.LastOrder + 1;
        return spool.Append(order, payloadLength, isRead, trace);
    }

    public static bool Append(this EventSpool spool, int order, int payloadLength, bool isRead, string? trace)
    {
        var payload = Encoding.UTF8.GetBytes(SpoolFolder.Payload(order, payloadLength));
        byte[] bytes = [.. payload, .. Encoding.ASCII.GetBytes($"subject.{order}")];
        return spool.TryAppend(new WrittenEvent(bytes, payload.Length, SpoolFolder.Id(order), trace), order, isRead);
    }

    public static List<long> ReadAll(this EventSpool spool)
    {
        var orders = new List<long>();
        while (spool.TryRead(out var spooled))
        {
            var payload = Encoding.UTF8.GetString(spooled.Written.Bytes[..spooled.Written.PayloadLength]);
            var number = int.Parse(payload.AsSpan(5, payload.IndexOf('}', StringComparison.Ordinal) - 5), null);
            Assert.Equal(SpoolFolder.Payload(number, payload.Length - SpoolFolder.Payload(number, 0).Length), payload);
            Assert.Equal($"subject.{number}", Encoding.ASCII.GetString(spooled.Written.Bytes[spooled.Written.PayloadLength..]));
            Assert.Equal(SpoolFolder.Id(number), spooled.Written.Id);
            orders.Add(number);
        }

        return orders;
    }
}
