using System.Collections.Concurrent;

namespace Naq.Events.Serialization;

/// <summary>Environments and services, which are few: each is one string, however many events name it.</summary>
internal static class TokenPool
{
    // Foreign messages may name anything: what is beyond is a string of its own each time.
    private const int Most = 1_024;

    private static readonly ConcurrentDictionary<string, string> Tokens = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Tokens.GetAlternateLookup<ReadOnlySpan<char>>();

    private static int _count;

    public static string Get(ReadOnlySpan<char> token)
    {
        if (Lookup.TryGetValue(token, out var known))
            return known;

        var text = token.ToString();
        if (Volatile.Read(ref _count) < Most && Tokens.TryAdd(text, text))
            _ = Interlocked.Increment(ref _count);

        return text;
    }
}
