using System.Buffers.Text;
using System.Text;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <content>An event that was read from a message.</content>
public sealed partial record JobEvent
{
    private const int IdCharacters = 36;

    // What nobody has asked for yet.
    private UnreadMembers _unread;

    // They come from the message's headers, after its payload.
    private Guid _id;
    private string? _traceParent;

    // A header that is the id as we write it need not be kept beside the id.
    private bool _hasIdAsHeader;

    private JobEvent(in JobEventMembers members, byte[] json)
    {
        JobId = members.JobId!;
        EventName = members.EventName!;
        EventType = members.EventType;
        Timestamp = UnixMicroseconds.ToTimestamp(members.Timestamp!.Value);
        Details = JobEventFields.FromValid(json, members.Details);
        Metadata = JobEventFields.FromValid(json, members.Metadata);
        Attempt = members.Attempt;
        _unread = members.Unread;
        _unread.Keep(json);
    }

    /// <summary>Says where the event is stored. Only for one that nobody else has seen yet.</summary>
    internal void SetStored(ulong sequence, string environment, string service)
    {
        Sequence = sequence;
        Environment = environment;
        Service = service;
    }

    /// <summary>Takes what a message's headers say. Only for an event that nobody else has seen yet.</summary>
    internal void SetHeaders(ReadOnlySpan<byte> messageId, string? traceParent)
    {
        Span<byte> written = stackalloc byte[IdCharacters];
        if (Utf8Parser.TryParse(messageId, out Guid id, out var length, 'D')
            && length == messageId.Length
            && id.TryFormat(written, out _, "D")
            && written.SequenceEqual(messageId))
        {
            (_id, MessageId, _hasIdAsHeader) = (id, null, true);
            _traceParent = JobEventRules.Text(traceParent);
        }
        else
        {
            SetHeaders(messageId.IsEmpty ? null : Encoding.UTF8.GetString(messageId), traceParent);
        }
    }

    /// <inheritdoc cref="SetHeaders(ReadOnlySpan{byte}, string?)"/>
    internal void SetHeaders(string? messageId, string? traceParent)
    {
        _id = Guid.TryParseExact(messageId, "D", out var id) ? id : Guid.Empty;
        MessageId = messageId;
        _traceParent = JobEventRules.Text(traceParent);
    }

    /// <summary>The header stays when the id is another one.</summary>
    private void KeepMessageId()
    {
        if (_hasIdAsHeader)
            MessageId = _id.ToString("D");
    }
}
