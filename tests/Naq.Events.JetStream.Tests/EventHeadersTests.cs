using System.Text;
using Naq.Events.JetStream;

namespace Naq.Events.JetStream.Tests;

public sealed class EventHeadersTests
{
    private const string Id = "0199a1b2-0000-7000-8000-00000000000a";
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData($"Nats-Msg-Id: {Id}\r\ntraceparent: {Trace}\r\n", Id, Trace)]
    [InlineData($"traceparent:{Trace}\r\nOther: Nats-Msg-Id: x\r\nnats-msg-id:  {Id} \r\n", Id, Trace)]
    [InlineData($"Nats-Msg-Id: first\r\nNats-Msg-Id: {Id}\r\n", Id, null)]
    [InlineData("Nats-Msg-Id-2: x\r\nX-traceparent: y\r\n", null, null)]
    [InlineData("Nats-Msg-Id: of another client\r\n", "of another client", null)]
    [InlineData("", null, null)]
    public void The_id_and_the_trace_context_are_taken_from_a_messages_headers(string headers, string? messageId, string? traceParent)
    {
        var jobEvent = JobEvent.Parse("""{"job_id":"j","event_type":"started","timestamp":1}"""u8);

        EventHeaders.Read(Encoding.UTF8.GetBytes($"NATS/1.0\r\n{headers}\r\n"), jobEvent);

        Assert.Equal((messageId, traceParent), (jobEvent.MessageId, jobEvent.TraceParent));
        Assert.Equal(messageId == Id ? Guid.Parse(Id) : Guid.Empty, jobEvent.Id);
    }
}
