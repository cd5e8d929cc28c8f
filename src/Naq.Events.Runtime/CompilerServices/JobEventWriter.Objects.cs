using System.Globalization;
using System.Text;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>The members that are objects: details, tags and metadata; and what becomes of them when they are too large.</content>
public ref partial struct JobEventWriter
{
    /// <summary>Starts <c>details</c>, whose fields follow. Without any it is left out.</summary>
    public void BeginDetails() => Begin(WireMember.Details);

    /// <summary>Ends <c>details</c>.</summary>
    public void EndDetails() => _details = EndObject();

    /// <summary>Writes <c>details</c> whole.</summary>
    /// <param name="fields">The details.</param>
    public void Details(JobEventFields fields) => _details = Object(WireMember.Details, fields);

    /// <summary>Starts <c>tags</c>. Without any it is left out.</summary>
    public void BeginTags() => _objectStart = 0;

    /// <summary>Writes several tags.</summary>
    /// <param name="tags">The tags; a null among the values adds nothing.</param>
    public void Tags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null || tags.Count == 0)
            return;

        foreach (var (name, value) in tags)
        {
            if (value is null)
                continue;

            _json.Byte(Separator(WireMember.Tags));
            _json.String(name.AsSpan());
            _json.Byte((byte)':');
            _json.String(value.AsSpan());
        }
    }

    /// <summary>Writes several tags.</summary>
    /// <param name="tags">Names and values; a pair without one of them adds nothing.</param>
    public void Tags(scoped ReadOnlySpan<(string Name, string Value)> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name is null || value is null)
                continue;

            _json.Byte(Separator(WireMember.Tags));
            _json.String(name.AsSpan());
            _json.Byte((byte)':');
            _json.String(value.AsSpan());
        }
    }

    /// <summary>Writes a tag.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value; nothing is written for <see langword="null"/>.</param>
    public void WriteTag(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            Name(WireMember.Tags, name).String(value.AsSpan());
    }

    /// <summary>Writes a tag that is <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void WriteTag(ReadOnlySpan<byte> name, bool value) => Name(WireMember.Tags, name).String(value ? "true"u8 : "false"u8);

    /// <summary>Writes a tag, its value formatted with the invariant culture, dates and times as ISO 8601.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void WriteTag<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, IUtf8SpanFormattable
    {
        var json = Name(WireMember.Tags, name);
        json.Byte((byte)'"');
        var start = json.Length;
        json.Formatted(value, TagFormat.Of<T>());
        json.EscapeFrom(start);
        json.Byte((byte)'"');
    }

    /// <summary>Writes a tag, its value formatted with the invariant culture, dates and times as ISO 8601, or nothing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void WriteTag<T>(ReadOnlySpan<byte> name, T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } present)
            WriteTag(name, present);
    }

    /// <summary>Writes a tag that is <c>true</c> or <c>false</c>, or nothing.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void WriteTag(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } present)
            WriteTag(name, present);
    }

    /// <summary>Ends <c>tags</c>.</summary>
    public void EndTags() => _tags = EndObject();

    /// <summary>Starts <c>metadata</c>, whose fields follow. Without any it is left out.</summary>
    public void BeginMetadata() => Begin(WireMember.Metadata);

    /// <summary>Ends <c>metadata</c>.</summary>
    public void EndMetadata() => _metadata = EndObject();

    /// <summary>Writes <c>metadata</c> whole.</summary>
    /// <param name="fields">The metadata.</param>
    public void Metadata(JobEventFields fields) => _metadata = Object(WireMember.Metadata, fields);

    private Utf8JsonBuffer Detail(ReadOnlySpan<byte> name) => Name(_object, name);

    // Details and metadata take the same values, so they share the methods that write them.
    private void Begin(WireMember member)
    {
        _object = member;
        _objectStart = 0;
    }

    private Utf8JsonBuffer Name(WireMember member, ReadOnlySpan<byte> name)
    {
        _json.Name(Separator(member), name);
        return _json;
    }

    /// <summary>What stands before a field. Before the first stands the object's own name, which is written here.</summary>
    private byte Separator(WireMember member)
    {
        if (_objectStart > 0)
            return (byte)',';

        Member(member);
        _objectStart = _json.Length;
        return (byte)'{';
    }

    private Range EndObject()
    {
        if (_objectStart == 0)
            return default;

        _json.Byte((byte)'}');
        var range = _objectStart.._json.Length;
        _objectStart = 0;
        return range;
    }

    private Range Object(WireMember member, JobEventFields fields)
    {
        if (fields.IsEmpty)
            return default;

        Member(member);
        var start = _json.Length;
        if (_options.Redaction is { } redaction)
            redaction.Write(_json, fields);
        else
            _json.Raw(fields.Utf8);

        return start.._json.Length;
    }

    /// <summary>
    /// Puts a marker with the size in place of metadata and details, then of tags if that is not enough: the members that tell
    /// the job's life stay. From the last to the first, as each replacement moves what follows it.
    /// </summary>
    private void Shrink()
    {
        ThrowIfStrict($"The event has {_json.Length} bytes of JSON; the limit, less its headers, is {_options.MaxPayloadBytes}.");
        var keepTags = _json.Length - Length(_metadata) - Length(_details) + (2 * Marker(_json.Length).Length)
            <= _options.MaxPayloadBytes;

        Mark(_metadata);
        if (!keepTags)
            Mark(_tags);

        Mark(_details);
        if (_json.Length > _options.MaxPayloadBytes)
            Refusal = $"The event has {_json.Length} bytes without its details, metadata and tags; the limit, less its headers, is {_options.MaxPayloadBytes}.";
    }

    private readonly void Mark(Range range)
    {
        var length = Length(range);
        var marker = Marker(length);
        if (length > marker.Length)
            _json.Replace(range.Start.Value, range.End.Value, marker);
    }

    private static int Length(Range range) => range.End.Value - range.Start.Value;

    // A tag's value is a string, so the size is one too.
    private static byte[] Marker(int length) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"naq_removed_bytes\":\"{length}\"}}"));
}
