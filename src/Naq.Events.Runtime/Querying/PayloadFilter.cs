using System.Buffers;
using System.Text;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.Querying;

/// <summary>
/// Tells from the bytes of an event whether it may be wanted, long before it is an object. First by whether the wanted texts occur
/// in it at all, which takes some nanoseconds; then by its members. What is malformed is not rejected, so that it is reported, as far as
/// that is seen here: a message with the braces of an object that lacks a wanted text is not taken apart.
/// </summary>
internal sealed class PayloadFilter
{
    private readonly JobEventFilter _filter;
    private readonly (WireMember Member, byte[] Value)[] _texts;
    private readonly byte[][] _needles;
    private readonly long? _since;
    private readonly long? _until;

    public PayloadFilter(JobEventFilter filter)
    {
        _filter = filter;
        var texts = new List<(WireMember, byte[])>();
        Add(WireMember.WorkerId, filter.WorkerId);
        Add(WireMember.QueueName, filter.QueueName);
        Add(WireMember.ErrorType, filter.ErrorType);
        Add(WireMember.ErrorFingerprint, filter.ErrorFingerprint);
        Add(WireMember.CorrelationId, filter.CorrelationId);
        _texts = [.. texts];

        // The rarest is likely the longest.
        var needles = new List<byte[]>();
        foreach (var (_, value) in texts)
            needles.Add(value);

        foreach (var (name, value) in filter.Tags)
            needles.AddRange([Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value)]);

        _ = needles.RemoveAll(static needle => needle.Length == 0);
        needles.Sort(static (one, other) => other.Length.CompareTo(one.Length));
        _needles = [.. needles];
        _since = filter.Since is { } since ? UnixMicroseconds.From(since) : null;
        _until = filter.Until is { } until ? UnixMicroseconds.From(until) : null;
        MatchesAll = ComparedContent.IsNone(filter);

        void Add(WireMember member, string? value)
        {
            if (value is not null)
                texts.Add((member, Encoding.UTF8.GetBytes(value)));
        }
    }

    /// <summary>Whether subjects tell all that is asked.</summary>
    public bool MatchesAll { get; }

    /// <summary>Whether the event is surely not wanted.</summary>
    public bool Rejects(ReadOnlySpan<byte> utf8Json) => !MatchesAll && (LacksNeedle(utf8Json) || MemberDiffers(utf8Json));

    /// <summary>Whether the event is wanted, as far as its content goes.</summary>
    public bool Matches(JobEvent jobEvent) => _filter.MatchesContent(jobEvent);

    /// <summary>A text that stands nowhere in the JSON is the value of no member, unless some of it is escaped.</summary>
    private bool LacksNeedle(ReadOnlySpan<byte> utf8Json)
    {
        foreach (var needle in _needles)
        {
            if (utf8Json.IndexOf(needle) < 0)
                return IsObject(utf8Json) && !utf8Json.Contains((byte)'\\');
        }

        return false;
    }

    /// <summary>Whether it begins and ends as an object does; one that was cut off, or is something else, does not.</summary>
    private static bool IsObject(ReadOnlySpan<byte> utf8Json)
    {
        var trimmed = utf8Json.Trim(" \t\r\n"u8);
        return trimmed is [(byte)'{', .., (byte)'}'] or [0xEF, 0xBB, 0xBF, .., (byte)'}'];
    }

    /// <summary>Of two members of one name the last counts, so all are looked at.</summary>
    private bool MemberDiffers(ReadOnlySpan<byte> utf8Json)
    {
        if (_texts.Length == 0 && _since is null && _until is null)
            return false;

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = JobEventLimits.JsonDepth });
        var fitting = 0u;
        var isInTime = true;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // An escaped name is for the full reader.
                if (reader.ValueIsEscaped)
                    return false;

                var member = WireMembers.Find(reader.ValueSpan);
                _ = reader.Read();
                if (member == WireMember.Timestamp)
                    isInTime = IsInTime(ref reader);
                else
                    Compare(ref reader, member, ref fitting);

                reader.Skip();
            }

            return !isInTime || fitting != (1u << _texts.Length) - 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Compare(ref Utf8JsonReader reader, WireMember member, ref uint fitting)
    {
        for (var i = 0; i < _texts.Length; i++)
        {
            if (_texts[i].Member != member)
                continue;

            // One that is escaped, or is no string, is for the full reader.
            var fits = reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.SequenceEqual(_texts[i].Value);
            fitting = fits ? fitting | (1u << i) : fitting & ~(1u << i);
        }
    }

    private bool IsInTime(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number
        || !UnixMicroseconds.TryParse(reader.ValueSpan, out var timestamp)
        || (!(timestamp < _since) && !(timestamp >= _until));
}
