using System.Threading.Channels;
using Naq.Events.JetStream;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests;

public sealed class UnreadMessagesTests
{
    private const string Inbox = "_INBOX.7";

    private readonly Channel<NatsMsg<int>> _messages = Channel.CreateUnbounded<NatsMsg<int>>();
    private readonly UnreadMessages<int> _unread;

    public UnreadMessagesTests() => _unread = new UnreadMessages<int>(_messages.Reader, Inbox);

    [Fact]
    public void What_was_looked_at_is_read_all_the_same_in_order_and_before_what_came_since()
    {
        Come(1, 2, 3);
        Assert.Equal(1, Read());

        Assert.Equal(["reply.2", "reply.3"], _unread.ReplySubjects());
        Come(4);

        Assert.Equal(3, _unread.Count);
        Assert.Equal(["reply.2", "reply.3", "reply.4"], _unread.ReplySubjects());
        Assert.Equal([2, 3, 4], [Read(), Read(), Read()]);
        Assert.Null(Read());
        Assert.Equal(0, _unread.Count);
        Assert.Empty(_unread.ReplySubjects());
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_by_what_comes_whoever_looks_meanwhile()
    {
        Assert.Null(Read());
        var wait = _messages.Reader.WaitToReadAsync(TestContext.Current.CancellationToken);
        Come(1);

        Assert.Empty(_unread.ReplySubjects());

        Assert.True(await wait);
        Assert.Equal(1, Read());
        Come(2);
        Assert.Equal(["reply.2"], _unread.ReplySubjects());
    }

    [Fact]
    public void What_the_server_says_itself_is_read_in_its_place_and_not_to_be_answered()
    {
        Come(1);
        Assert.True(_messages.Writer.TryWrite(new NatsMsg<int>(Inbox, "reply.of.a.status", 0, null, 2, null, NatsMsgFlags.None)));
        Assert.True(_messages.Writer.TryWrite(new NatsMsg<int>("events", null, 0, null, 3, null, NatsMsgFlags.None)));
        Come(4);

        Assert.Equal(["reply.1", "reply.4"], _unread.ReplySubjects());
        Assert.Equal([1, 2, 3, 4], [Read(), Read(), Read(), Read()]);
    }

    private void Come(params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
            Assert.True(_messages.Writer.TryWrite(new NatsMsg<int>("events", $"reply.{number}", 0, null, number, null, NatsMsgFlags.None)));
    }

    private int? Read() => _unread.TryRead(out var message) ? message.Data : null;
}
