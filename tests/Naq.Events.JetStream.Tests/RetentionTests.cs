using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests;

/// <summary>Retention by event name is the server's per-message TTL, on every way into the stream.</summary>
public sealed class RetentionTests(SharedServer server, OldServer oldServer) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Theory]
    [InlineData(PublishMode.Auto)]
    [InlineData(PublishMode.AtomicBatch)]
    public async Task Messages_carry_the_time_of_their_name(PublishMode mode)
    {
        await using var store = _stream.Store(configure: options =>
        {
            options.PublishMode = mode;
            Keep(options);
        });
        await store.AppendAsync([new JobEvent("a", "failed"), new JobEvent("b", "dequeued"), new JobEvent("c", "started")], Token);
        await using (var logger = new JobEventLogger(store, _stream.Options()))
        {
            for (var i = 0; i < 50; i++)
                logger.Log(new JobEvent($"job-{i}", "dequeued"));

            Assert.True((await logger.FlushAsync(Token)).Completed);
        }

        Assert.Equal("7200", await TtlAsync(_stream, 1));
        Assert.Equal("2", await TtlAsync(_stream, 2));
        Assert.Null(await TtlAsync(_stream, 3));
        Assert.Equal("2", await TtlAsync(_stream, 4));
        Assert.Equal("2", await TtlAsync(_stream, 53));
    }

    [Fact]
    public async Task Without_a_retention_the_stream_and_its_messages_have_none()
    {
        await using var store = _stream.Store();
        await store.AppendAsync(new JobEvent("a", "failed"), Token);

        Assert.Null(await TtlAsync(_stream, 1));
        Assert.False((await _stream.JetStream.GetStreamAsync(_stream.Name, cancellationToken: Token)).Info.Config.AllowMsgTTL);
    }

    [Fact]
    public async Task An_old_server_is_warned_of_and_gets_no_such_header()
    {
        await using var stream = new TestStream(oldServer.Url);
        await using var store = stream.Store(configure: Keep);
        await store.AppendAsync(new JobEvent("a", "dequeued"), Token);

        Assert.Contains(stream.Log.Warnings, text => text.Contains("nats-server 2.11", StringComparison.Ordinal) && text.Contains("Retention is ignored", StringComparison.Ordinal));
        Assert.Null(await TtlAsync(stream, 1));
    }

    [Fact]
    public async Task Cleaning_up_removes_what_was_stored_before_the_retention_was_set()
    {
        await using (var before = _stream.Store())
            await before.AppendAsync([new JobEvent("a", "dequeued"), new JobEvent("a", "failed"), new JobEvent("a", "dequeued")], Token);

        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(1));
        await using var store = new JetStreamEventStore(_stream.Options(), _stream.StreamOptions(Keep), _stream.Log, later);
        await store.AppendAsync(new JobEvent("b", "started"), Token);

        Assert.Equal(2, await store.CleanupExpiredAsync(Token));
        Assert.Equal(0, await store.CleanupExpiredAsync(Token));
        Assert.Equal(["failed", "started"], await store.QueryAsync(cancellationToken: Token).Select(jobEvent => jobEvent.EventName).ToArrayAsync(Token));
    }

    [Theory]
    [InlineData("failed", 90.0, "Set MaxAge to 90.00:00:00")]
    [InlineData("failed", 0.000001, "use a duration from 00:00:01")]
    [InlineData("Failed", 1.0, "is not the name of an event")]
    public void A_retention_that_cannot_hold_is_refused(string name, double days, string problem)
    {
        var options = _stream.StreamOptions(options => options.Retention[name] = TimeSpan.FromDays(days));

        var refusal = Assert.Throws<ArgumentException>(() => new JetStreamEventStore(_stream.Options(), options));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        var limits = new InMemoryOptions();
        limits.Retention[name] = TimeSpan.FromDays(days);
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => new InMemoryJobEventStore(limits: limits)).Message, StringComparison.Ordinal);
    }

    private static void Keep(JetStreamOptions options)
    {
        options.Retention["failed"] = TimeSpan.FromHours(2);
        options.Retention["dequeued"] = TimeSpan.FromSeconds(1.5);
    }

    private static async Task<string?> TtlAsync(TestStream stream, ulong sequence)
    {
        // A direct get answers with the message's own headers.
        var stored = await stream.Client.RequestAsync<string, byte[]>(
            $"$JS.API.DIRECT.GET.{stream.Name}", $$"""{"seq":{{sequence}}}""", replySerializer: NatsRawSerializer<byte[]>.Default, cancellationToken: Token);
        return stored.Headers!.TryGetLastValue("Nats-TTL", out var ttl) ? ttl : null;
    }
}
