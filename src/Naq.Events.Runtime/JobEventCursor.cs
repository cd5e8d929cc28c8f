using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Naq.Events;

/// <summary>A place in a stream, between two events. It stays valid while events are added and removed, and as text over restarts.</summary>
public readonly record struct JobEventCursor : IParsable<JobEventCursor>
{
    internal JobEventCursor(ulong sequence, string streamId)
    {
        Sequence = sequence;
        StreamId = streamId;
    }

    /// <summary>The sequence of the last event that was read.</summary>
    public ulong Sequence { get; }

    /// <summary>Tells a stream from one of the same name that was made after it was removed.</summary>
    internal string StreamId => field ?? "";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">The text is not a cursor.</exception>
    public static JobEventCursor Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var cursor)
        ? cursor
        : throw new FormatException($"'{s}' is not a cursor. Pass on what JobEventPage.Next was, unchanged.");

    /// <summary>Reads what <see cref="ToString"/> wrote, without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The cursor.</param>
    /// <returns>Whether the text is a cursor.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobEventCursor result)
    {
        result = default;
        var dash = s?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash <= 0
            || !ulong.TryParse(s.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || s!.Length - dash - 1 is 0 or > 64
            || s.AsSpan(dash + 1).ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        result = new JobEventCursor(sequence, s[(dash + 1)..]);
        return true;
    }

    /// <summary>A short text without spaces, for a URL or a file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{StreamId}");

    private static System.Buffers.SearchValues<char> LowerHex { get; } = System.Buffers.SearchValues.Create("0123456789abcdef");
}
