using System.Globalization;

namespace Naq.Events.Logging.Spooling;

/// <summary>
/// A sub-directory that belongs to one process at a time: several on one machine may be given the same directory. The lock goes with
/// the process, however it ends; what a process has left behind belongs to the next that claims its slot.
/// </summary>
internal sealed class SpoolSlot : IDisposable
{
    public const string SegmentPattern = "*.events";

    private const int Slots = 1_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private SpoolSlot(string directory, FileStream claimed)
    {
        Directory = directory;
        _lock = claimed;
    }

    public string Directory { get; }

    /// <summary>Claims the first slot that no process has.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public static SpoolSlot Claim(string root)
    {
        for (var number = 1; number <= Slots; number++)
        {
            if (TryClaim(Path.Combine(root, number.ToString("D3", CultureInfo.InvariantCulture))) is { } slot)
                return slot;
        }

        throw new IOException($"All {Slots} places in {root} are taken by other processes.");
    }

    /// <summary>Claims the slots whose processes are gone and have left events.</summary>
    public static IEnumerable<SpoolSlot> ClaimLeftBehind(string root)
    {
        foreach (var directory in System.IO.Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            if (System.IO.Directory.EnumerateFiles(directory, SegmentPattern).Any() && TryClaim(directory) is { } slot)
                yield return slot;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static SpoolSlot? TryClaim(string directory)
    {
        // Events may hold what only the service's user should read.
        _ = OperatingSystem.IsWindows()
            ? System.IO.Directory.CreateDirectory(directory)
            : System.IO.Directory.CreateDirectory(directory, OwnerOnly);
        try
        {
            return new SpoolSlot(
                directory,
                new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and a sharing violation on Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
