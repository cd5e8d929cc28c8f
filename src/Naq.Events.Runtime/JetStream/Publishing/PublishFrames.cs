using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// Publish commands of the NATS protocol (PUB, and HPUB with headers), gathered for one write to the socket. An event's bytes are
/// copied once more and nothing else is made of them.
/// </summary>
internal sealed class PublishFrames
{
    /// <summary>From here on they are better sent than gathered.</summary>
    public const int FullLength = 64 * 1024;

    private const int IdLength = 36;
    private const int LongestNumber = 10;
    private const int InitialCapacity = FullLength + (16 * 1024);

    private readonly byte[] _replyPrefix;
    private byte[] _bytes = new byte[InitialCapacity];
    private int _length;

    /// <param name="inbox">What the answers' subjects begin with; the slot follows as a token of its own.</param>
    public PublishFrames(string inbox) => _replyPrefix = Encoding.ASCII.GetBytes($" {inbox}.");

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public bool IsFull => _length >= FullLength;

    public void Clear() => _length = 0;

    /// <summary>The bytes of an event that count towards the server's max_payload.</summary>
    public static int SizeOf(BufferedEvent bufferedEvent, bool withId) => HeaderLength(bufferedEvent, withId) + bufferedEvent.Payload.Length;

    /// <summary>Adds an event.</summary>
    /// <param name="slot">Where its answer belongs.</param>
    /// <param name="bufferedEvent">The event.</param>
    /// <param name="withId">Whether it carries its id.</param>
    public void Add(int slot, BufferedEvent bufferedEvent, bool withId)
    {
        var headers = HeaderLength(bufferedEvent, withId);
        var subject = bufferedEvent.Subject.Span;
        var payload = bufferedEvent.Payload.Span;
        Reserve(subject.Length + _replyPrefix.Length + headers + payload.Length + (LongestNumber * 3) + 16);
        Raw(headers > 0 ? "HPUB "u8 : "PUB "u8);
        Raw(subject);
        Raw(_replyPrefix);
        Number(slot);
        if (headers > 0)
        {
            Raw(" "u8);
            Number(headers);
        }

        Raw(" "u8);
        Number(headers + payload.Length);
        Raw("\r\n"u8);
        if (headers > 0)
            AddHeaders(bufferedEvent, withId);

        Raw(payload);
        Raw("\r\n"u8);
    }

    private static int HeaderLength(BufferedEvent bufferedEvent, bool withId)
    {
        var lines = (withId ? "Nats-Msg-Id: \r\n"u8.Length + IdLength : 0)
            + (bufferedEvent.TraceParent is { } trace ? "traceparent: \r\n"u8.Length + trace.Length : 0);
        return lines == 0 ? 0 : "NATS/1.0\r\n\r\n"u8.Length + lines;
    }

    private void AddHeaders(BufferedEvent bufferedEvent, bool withId)
    {
        Raw("NATS/1.0\r\n"u8);
        if (withId)
        {
            Raw("Nats-Msg-Id: "u8);
            var formatted = bufferedEvent.Id.TryFormat(_bytes.AsSpan(_length), out var written);
            Debug.Assert(formatted && written == IdLength, "Room was made for it.");
            _length += written;
            Raw("\r\n"u8);
        }

        if (bufferedEvent.TraceParent is { } trace)
        {
            Raw("traceparent: "u8);
            _length += Encoding.ASCII.GetBytes(trace, _bytes.AsSpan(_length));
            Raw("\r\n"u8);
        }

        Raw("\r\n"u8);
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Number(int value)
    {
        _ = Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }
}
