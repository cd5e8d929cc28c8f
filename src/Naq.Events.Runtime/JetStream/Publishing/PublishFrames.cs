using System.Buffers.Text;
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
    private readonly MessageTtls? _ttls;
    private byte[] _bytes = new byte[InitialCapacity];
    private int _length;

    /// <param name="inbox">What the answers' subjects begin with; the slot follows as a token of its own.</param>
    /// <param name="ttls">How long the server is to keep each event; the stream's age for all when <see langword="null"/>.</param>
    public PublishFrames(string inbox, MessageTtls? ttls = null)
    {
        _replyPrefix = Encoding.ASCII.GetBytes($" {inbox}.");
        _ttls = ttls;
    }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public bool IsFull => _length >= FullLength;

    public void Clear() => _length = 0;

    /// <summary>The bytes of an event that count towards the server's max_payload.</summary>
    public static int SizeOf(BufferedEvent bufferedEvent, bool withId, BatchPart? part = null, MessageTtls? ttls = null) =>
        HeaderLength(bufferedEvent, withId, part, TtlLine(ttls, bufferedEvent).Length) + bufferedEvent.Payload.Length;

    /// <summary>Adds an event.</summary>
    /// <param name="group">Where its answer belongs.</param>
    /// <param name="bufferedEvent">The event.</param>
    /// <param name="withId">Whether it carries its id.</param>
    /// <param name="part">Its place in a batch; <see langword="null"/> for an event by itself.</param>
    public void Add(int group, BufferedEvent bufferedEvent, bool withId, BatchPart? part = null)
    {
        var ttl = TtlLine(_ttls, bufferedEvent);
        var headers = HeaderLength(bufferedEvent, withId, part, ttl.Length);
        var subject = bufferedEvent.Subject.Span;
        var payload = bufferedEvent.Payload.Span;
        Reserve(subject.Length + _replyPrefix.Length + headers + payload.Length + (LongestNumber * 3) + 16);
        Raw(headers > 0 ? "HPUB "u8 : "PUB "u8);
        Raw(subject);
        if (part is null or { Commits: true })
        {
            Raw(_replyPrefix);
            Number(group);
        }

        if (headers > 0)
        {
            Raw(" "u8);
            Number(headers);
        }

        Raw(" "u8);
        Number(headers + payload.Length);
        Raw("\r\n"u8);
        if (headers > 0)
            AddHeaders(bufferedEvent, withId, part, ttl);

        Raw(payload);
        Raw("\r\n"u8);
    }

    private static ReadOnlySpan<byte> TtlLine(MessageTtls? ttls, BufferedEvent bufferedEvent) =>
        ttls is null ? default : ttls.LineOf(bufferedEvent.Subject.Span);

    private static int HeaderLength(BufferedEvent bufferedEvent, bool withId, BatchPart? part, int ttlLength)
    {
        var lines = (withId ? "Nats-Msg-Id: \r\n"u8.Length + IdLength : 0) + ttlLength;
        if (bufferedEvent.TraceParent is { } trace)
            lines += "traceparent: \r\n"u8.Length + trace.Length;

        if (part is { } place)
        {
            lines += "Nats-Batch-Id: \r\nNats-Batch-Sequence: \r\n"u8.Length + IdLength + Digits(place.Sequence)
                + (place.Commits ? "Nats-Batch-Commit: 1\r\n"u8.Length : 0);
        }

        return lines == 0 ? 0 : "NATS/1.0\r\n\r\n"u8.Length + lines;
    }

    private void AddHeaders(BufferedEvent bufferedEvent, bool withId, BatchPart? part, ReadOnlySpan<byte> ttl)
    {
        Raw("NATS/1.0\r\n"u8);
        if (withId)
        {
            Raw("Nats-Msg-Id: "u8);
            Id(bufferedEvent.Id);
            Raw("\r\n"u8);
        }

        if (bufferedEvent.TraceParent is { } trace)
        {
            Raw("traceparent: "u8);
            _length += Encoding.ASCII.GetBytes(trace, _bytes.AsSpan(_length));
            Raw("\r\n"u8);
        }

        Raw(ttl);
        if (part is { } place)
        {
            Raw("Nats-Batch-Id: "u8);
            Id(place.BatchId);
            Raw("\r\nNats-Batch-Sequence: "u8);
            Number(place.Sequence);
            Raw(place.Commits ? "\r\nNats-Batch-Commit: 1\r\n"u8 : "\r\n"u8);
        }

        Raw("\r\n"u8);
    }

    private static int Digits(int number) => number < 10 ? 1 : number < 100 ? 2 : number < 1_000 ? 3 : number < 10_000 ? 4 : LongestNumber;

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

    private void Id(Guid id)
    {
        _ = id.TryFormat(_bytes.AsSpan(_length), out var written);
        _length += written;
    }

    private void Number(int value)
    {
        _ = Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }
}
