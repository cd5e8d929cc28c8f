using System.Text;

namespace Naq.Events.JetStream;

/// <summary>Takes from a message's headers (ADR-4) what an event needs.</summary>
internal static class EventHeaders
{
    private static ReadOnlySpan<byte> MessageId => "Nats-Msg-Id"u8;

    private static ReadOnlySpan<byte> TraceParent => "traceparent"u8;

    /// <summary>Sets the event's id and trace context. Of several headers with one name the last counts.</summary>
    public static void Read(ReadOnlySpan<byte> headers, JobEvent jobEvent)
    {
        ReadOnlySpan<byte> messageId = default;
        ReadOnlySpan<byte> traceParent = default;

        // The first line is the version.
        while (headers.IndexOf((byte)'\n') is var end and >= 0)
        {
            headers = headers[(end + 1)..];
            if (Is(headers, MessageId))
                messageId = ValueOf(headers, MessageId.Length);
            else if (Is(headers, TraceParent))
                traceParent = ValueOf(headers, TraceParent.Length);
        }

        jobEvent.SetHeaders(messageId, traceParent.IsEmpty ? null : Encoding.UTF8.GetString(traceParent));
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && line[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, int name)
    {
        var value = line[(name + 1)..];
        return (value.IndexOf((byte)'\n') is var end and >= 0 ? value[..end] : value).Trim(" \t\r"u8);
    }
}
