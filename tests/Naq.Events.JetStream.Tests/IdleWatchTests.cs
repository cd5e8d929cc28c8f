using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests;

/// <summary>A reader that waits with all read knows, by what it asks twice a minute, what it has not to miss.</summary>
public sealed class IdleWatchTests(SharedServer server) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly TestStream _stream = new(server.Url);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task It_knows_how_far_the_stream_had_come_while_its_reader_waited()
    {
        await using var store = _stream.Store();
        await AppendAsync(store, 5);
        using var watch = new IdleWatch(Consumers());
        Assert.Equal(0UL, watch.SeenUpTo);

        watch.Set(3);
        await SeesAsync(watch, 5);
        await AppendAsync(store, 2);
        await SeesAsync(watch, 7);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_its_reader_has_something_to_read_it_asks_nothing()
    {
        await using var store = _stream.Store();
        await AppendAsync(store, 5);
        using var busy = new IdleWatch(Consumers());
        using var idle = new IdleWatch(Consumers());
        busy.Set(3);
        busy.Set(0);
        idle.Set(3);
        await SeesAsync(idle, 5);

        // It was asked at the same time, and had it asked, it would know by now.
        await AppendAsync(store, 1);
        await SeesAsync(idle, 6);
        Assert.Equal(0UL, busy.SeenUpTo);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_stream_it_knows_nothing_and_goes_on_asking()
    {
        using var watch = new IdleWatch(Consumers());
        watch.Set(1);
        _time.Advance(Interval);
        await using var store = _stream.Store();
        await AppendAsync(store, 4);

        await SeesAsync(watch, 4);
    }

    private static ValueTask AppendAsync(JetStreamEventStore store, int count) =>
        store.AppendAsync([.. Enumerable.Range(0, count).Select(_ => new JobEvent("job", "started"))], Token);

    private Consumers Consumers() => new(new JetStreamApi(_stream.Client, TimeSpan.FromDays(1), _time), _stream.Name, _stream.Log);

    private Task SeesAsync(IdleWatch watch, ulong sequence) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(Interval);
            return watch.SeenUpTo == sequence;
        },
        null,
        $"it has seen the stream come to {sequence}");
}
