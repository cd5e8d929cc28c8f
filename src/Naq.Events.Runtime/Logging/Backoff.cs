namespace Naq.Events.Logging;

/// <summary>Waits between attempts: they double up to a limit, or the first delay if that is longer, and each is cut by up to a half at random.</summary>
internal static class Backoff
{
    /// <summary>The longest wait for a server that is away: how late its return may be noticed.</summary>
    public static readonly TimeSpan LongestOutageDelay = TimeSpan.FromSeconds(5);

    // More than any limit needs, and what an hour can be doubled by.
    private const int MostDoublings = 20;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Tries until it works or is cancelled.</summary>
    public static Retry Forever(TimeSpan delay, TimeProvider timeProvider, Action<Exception, TimeSpan> onRetry) =>
        new(int.MaxValue, delay, LongestOutageDelay, timeProvider, onRetry: onRetry);

    /// <summary>Tries until it works, is cancelled, or fails in a way that no other attempt mends.</summary>
    public static Retry WhileTransient(TimeSpan delay, TimeProvider timeProvider, Func<Exception, bool> isTransient) =>
        new(int.MaxValue, delay, LongestOutageDelay, timeProvider, isTransient);

    /// <summary>Tries again at most so many times.</summary>
    public static Retry Attempts(int retries, TimeSpan delay, TimeProvider timeProvider, Action<Exception, TimeSpan> onRetry) =>
        new(retries, delay, LongestDelay, timeProvider, onRetry: onRetry);

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">From 0.</param>
    /// <param name="first">The first wait.</param>
    /// <param name="longest">The limit, where the first wait is not longer itself.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan DelayOf(int attempt, TimeSpan first, TimeSpan longest, double random)
    {
        // At the limit too: servers that come back should not meet all their clients at once.
        var doubled = first * Math.Pow(2, Math.Min(attempt, MostDoublings));
        var limit = first > longest ? first : longest;
        return (doubled < limit ? doubled : limit) * (1 - (random / 2));
    }
}
