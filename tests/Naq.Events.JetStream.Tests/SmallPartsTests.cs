namespace Naq.Events.JetStream.Tests;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("nats://user:secret@host:4222", "nats://host:4222")]
    [InlineData("nats://token@a:1,tls://u:p@b:2", "nats://a:1, tls://b:2")]
    [InlineData("user:p@ss@host", "host")]
    [InlineData("nats://localhost:4222", "nats://localhost:4222")]
    public void An_address_is_shown_without_user_and_password(string url, string shown) => Assert.Equal(shown, ServerAddress.Shown(url));

    [Theory]
    [InlineData("2.15.1", 2, 15)]
    [InlineData("2.12.0-RC.1", 2, 12)]
    [InlineData("v2.9.25", 2, 9)]
    [InlineData("3.0", 3, 0)]
    [InlineData("devel", 2, 10)]
    [InlineData(null, 2, 10)]
    public void A_version_is_read(string? text, int major, int minor) => Assert.Equal(new ServerVersion(major, minor), ServerVersion.Parse(text));

    [Fact]
    public void Versions_are_compared_as_numbers()
    {
        Assert.True(new ServerVersion(2, 9) < ServerVersion.Oldest);
        Assert.True(new ServerVersion(2, 10) >= ServerVersion.Oldest);
        Assert.True(new ServerVersion(3, 0) > ServerVersion.BatchedDirectGet);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(65_537, false)]
    public void A_sequence_is_remembered_until_another_takes_its_place(ulong next, bool isRemembered)
    {
        var sequences = new RecentSequences();
        Assert.False(sequences.Contains(1));

        sequences.Add(1);
        Assert.False(sequences.Contains(65_537));
        sequences.Add(2);
        sequences.Add(next);

        Assert.True(sequences.Contains(2));
        Assert.True(sequences.Contains(next));
        Assert.Equal(isRemembered, sequences.Contains(1));
    }

    [Theory]
    [InlineData("$JS.ACK.naq_events.reader.2.15.7.1700000000000000000.93", 2, 15, 7, 93)]
    [InlineData("$JS.ACK.hub.ACCHASH.naq_events.reader.1.4.3.1700000000000000000.0.rand", 1, 4, 3, 0)]
    [InlineData("$JS.ACK._.ACCHASH.naq_events.reader.1.4.3.1700000000000000000.0", 1, 4, 3, 0)]
    public void A_reply_subject_is_read(string subject, int delivery, ulong stream, ulong consumer, long pending)
    {
        Assert.True(AckReply.TryParse(subject, out var reply));
        Assert.Equal(new AckReply(delivery, stream, consumer, pending), reply);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_INBOX.abc.1")]
    [InlineData("$JS.ACK.a.b.c")]
    [InlineData("$JS.ACK.s.c.x.15.7.1.93")]
    public void Another_subject_is_no_reply_subject(string? subject) => Assert.False(AckReply.TryParse(subject, out _));
}
