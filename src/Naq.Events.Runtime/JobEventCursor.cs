using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Naq.Events;

/// <summary>
/// A place between two events of a stream, or of several streams that are read as one. It stays valid while events are added and removed, and as
/// text over restarts.
/// </summary>
public readonly record struct JobEventCursor : IParsable<JobEventCursor>
{
    private const char StreamDivider = '.';
    private const int MostStreams = 1_024;

    private readonly ImmutableSortedDictionary<string, ulong>? _positions;

    internal JobEventCursor(ulong sequence, string streamId)
    {
        Sequence = sequence;
        StreamId = streamId;
    }

    /// <summary>A place in several streams, by their ids.</summary>
    internal JobEventCursor(ImmutableSortedDictionary<string, ulong> positions)
    {
        if (positions.Count == 1)
            (StreamId, Sequence) = positions.First();
        else
            _positions = positions;
    }

    /// <summary>The sequence of the last event that was read; 0 for a place in several streams.</summary>
    public ulong Sequence { get; }

    /// <summary>Tells a stream from one of the same name that was made after it was removed.</summary>
    internal string StreamId => field ?? "";

    /// <summary>The place in each stream.</summary>
    internal ImmutableSortedDictionary<string, ulong> Positions =>
        _positions ?? ImmutableSortedDictionary.Create<string, ulong>(StringComparer.Ordinal).Add(StreamId, Sequence);

    private static System.Buffers.SearchValues<char> LowerHex { get; } = System.Buffers.SearchValues.Create("0123456789abcdef");

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
        var positions = ImmutableSortedDictionary.CreateBuilder<string, ulong>(StringComparer.Ordinal);
        foreach (var range in s.AsSpan().Split(StreamDivider))
        {
            if (positions.Count == MostStreams || !TryParsePlace(s.AsSpan()[range], out var sequence, out var streamId) || !positions.TryAdd(streamId, sequence))
                return false;
        }

        result = new JobEventCursor(positions.ToImmutable());
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(JobEventCursor other) =>
        Sequence == other.Sequence
        && StreamId == other.StreamId
        && (_positions == other._positions
            || (_positions is not null && other._positions is not null && PlacesText(_positions) == PlacesText(other._positions)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequence, StreamId, _positions?.Count);

    /// <summary>A short text without spaces, for a URL or a file.</summary>
    public override string ToString() => _positions is null
        ? PlaceText(Sequence, StreamId)
        : PlacesText(_positions);

    private static string PlacesText(ImmutableSortedDictionary<string, ulong> positions)
    {
        var places = new List<string>(positions.Count);
        foreach (var (streamId, sequence) in positions)
            places.Add(PlaceText(sequence, streamId));

        return string.Join(StreamDivider, places);
    }

    private static string PlaceText(ulong sequence, string streamId) => string.Create(CultureInfo.InvariantCulture, $"{sequence}-{streamId}");

    private static bool TryParsePlace(ReadOnlySpan<char> text, out ulong sequence, out string streamId)
    {
        (sequence, streamId) = (0, "");
        var dash = text.IndexOf('-');
        if (dash <= 0
            || !ulong.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            || text.Length - dash - 1 is 0 or > 64
            || text[(dash + 1)..].ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        streamId = text[(dash + 1)..].ToString();
        return true;
    }
}
