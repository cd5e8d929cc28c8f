using System.Text;
using Naq.Events.JetStream.Publishing;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class PublishFramesTests
{
    private static readonly Guid Id = new("019ab1f2-0000-7000-8000-000000000001");

    [Fact]
    public void An_event_with_its_id_is_a_publish_with_headers()
    {
        var frames = new PublishFrames("_INBOX.abc");

        frames.Add(42, Event(), withId: true);

        const string Headers = "NATS/1.0\r\nNats-Msg-Id: 019ab1f2-0000-7000-8000-000000000001\r\n\r\n";
        Assert.Equal(
            $"HPUB naq.events.dev.shop.j1.started _INBOX.abc.42 {Headers.Length} {Headers.Length + 7}\r\n{Headers}{{\"a\":1}}\r\n",
            Text(frames));
        Assert.Equal(Headers.Length + 7, PublishFrames.SizeOf(Event(), withId: true));
    }

    [Fact]
    public void The_trace_is_a_header_too()
    {
        var frames = new PublishFrames("_INBOX.abc");
        var traced = Event();
        traced.TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        frames.Add(0, traced, withId: false);

        const string Headers = "NATS/1.0\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n";
        Assert.Equal(
            $"HPUB naq.events.dev.shop.j1.started _INBOX.abc.0 {Headers.Length} {Headers.Length + 7}\r\n{Headers}{{\"a\":1}}\r\n",
            Text(frames));
    }

    [Theory]
    [InlineData("started", "90", "Nats-TTL: 90\r\n")]
    [InlineData("*", "1.5", "Nats-TTL: 2\r\n")]
    [InlineData("starte", "90", "")]
    public void The_time_an_event_is_kept_is_a_header_too(string name, string seconds, string line)
    {
        var retention = new Dictionary<string, TimeSpan>
        {
            [name] = TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
        };
        var ttls = MessageTtls.Of(retention);
        var frames = new PublishFrames("_INBOX.abc", ttls);

        frames.Add(42, Event(), withId: true);

        var headers = $"NATS/1.0\r\nNats-Msg-Id: 019ab1f2-0000-7000-8000-000000000001\r\n{line}\r\n";
        Assert.Equal(
            $"HPUB naq.events.dev.shop.j1.started _INBOX.abc.42 {headers.Length} {headers.Length + 7}\r\n{headers}{{\"a\":1}}\r\n",
            Text(frames));
        Assert.Equal(headers.Length + 7, PublishFrames.SizeOf(Event(), withId: true, ttls: ttls));
    }

    [Fact]
    public void Without_headers_it_is_a_plain_publish()
    {
        var frames = new PublishFrames("_INBOX.abc");

        frames.Add(7, Event(), withId: false);
        frames.Add(8, Event(), withId: false);

        Assert.Equal(
            "PUB naq.events.dev.shop.j1.started _INBOX.abc.7 7\r\n{\"a\":1}\r\nPUB naq.events.dev.shop.j1.started _INBOX.abc.8 7\r\n{\"a\":1}\r\n",
            Text(frames));
        Assert.Equal(7, PublishFrames.SizeOf(Event(), withId: false));
    }

    [Fact]
    public void There_is_room_for_an_event_of_any_size()
    {
        var frames = new PublishFrames("_INBOX.abc");
        var large = Event();
        large.Payload = new byte[3_000_000];

        frames.Add(1, large, withId: true);
        Assert.True(frames.IsFull);
        frames.Add(2, Event(), withId: false);

        Assert.EndsWith("_INBOX.abc.2 7\r\n{\"a\":1}\r\n", Text(frames), StringComparison.Ordinal);
        frames.Clear();
        Assert.True(frames.Written.IsEmpty);
        Assert.False(frames.IsFull);
    }

    private static BufferedEvent Event() => new()
    {
        Id = Id,
        Subject = "naq.events.dev.shop.j1.started"u8.ToArray(),
        Payload = "{\"a\":1}"u8.ToArray(),
    };

    private static string Text(PublishFrames frames) => Encoding.ASCII.GetString(frames.Written.Span);
}
