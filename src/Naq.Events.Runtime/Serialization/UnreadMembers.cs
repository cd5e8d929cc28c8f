using System.Buffers.Text;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>
/// The members of an event that was read, which nobody has asked for yet: where each begins in the event's JSON. They are valid; a handler
/// that wants two of them need not pay for the text of all.
/// </summary>
internal struct UnreadMembers
{
    private const WireMember First = WireMember.WorkerId;
    private const int Count = WireMember.End - First;

    private byte[]? _json;
    private Positions _positions;

    /// <summary>Notes where a member's value begins; 0, where an event has its brace, when it has none.</summary>
    public void Set(WireMember member, int position) => _positions[member - First] = position;

    /// <summary>Says that a member is not to be read any more.</summary>
    public void Forget(WireMember member) => _positions[member - First] = 0;

    /// <summary>Keeps the JSON that all positions are in.</summary>
    public void Keep(byte[] json) => _json = json;

    /// <summary>A string; <see langword="null"/> when there is none.</summary>
    public readonly string? Text(WireMember member) =>
        _positions[member - First] is var position and > 0 ? ValidJson.Text(_json, position) : null;

    /// <summary>A number, if there is one.</summary>
    public readonly bool TryGetMetric(WireMember member, out double value)
    {
        value = 0;
        return _positions[member - First] is var position and > 0 && Utf8Parser.TryParse(_json.AsSpan(position), out value, out _);
    }

    /// <summary>The tags; <see langword="null"/> when there are none.</summary>
    public readonly ReadOnlyDictionary<string, string>? Tags()
    {
        if (_positions[WireMember.Tags - First] is not (var position and > 0))
            return null;

        var reader = new Utf8JsonReader(_json.AsSpan(position), isFinalBlock: false, default);
        _ = reader.Read();
        return WireValue.Tags(ref reader)?.AsReadOnly();
    }

    [InlineArray(Count)]
    private struct Positions
    {
        private int _first;
    }
}
