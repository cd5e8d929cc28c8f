namespace Naq.Events.Logging;

/// <summary>How many bytes the buffer may take: what the option says, but no more than a share of the memory that the process may use.</summary>
internal static class BufferBound
{
    private const int Share = 4;
    private const long Least = 1024 * 1024;

    /// <summary>The bound.</summary>
    /// <param name="wanted">What the option says.</param>
    /// <param name="available">The memory that the process may use: the container's limit, or that of the garbage collector.</param>
    public static long Of(long wanted, long available) => Math.Min(wanted, Math.Max(Least, available / Share));
}
