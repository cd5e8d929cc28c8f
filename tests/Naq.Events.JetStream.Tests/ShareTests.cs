using System.Collections.Concurrent;
using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;
using Naq.Events.Watching;

namespace Naq.Events.JetStream.Tests;

/// <summary>Processors whose jobs are divided into shares.</summary>
public sealed class ShareTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);
    private readonly ConcurrentQueue<string> _handled = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Each_event_is_handled_once_and_every_share_begins_where_the_first_did()
    {
        await using var store = _stream.Store();
        await store.AppendAsync(Events(0, 5), Token);
        await using var processor = Processor(store, shares: 3, JobEventStart.New);
        await processor.StartAsync(Token);
        await store.AppendAsync(Events(5, 50), Token);

        await HandledAsync(50);
        await processor.StopAsync(Token);

        Assert.Equal(Enumerable.Range(5, 50).Select(static number => $"{number}").Order(), _handled.Order());
        var consumers = await ConsumersAsync();
        Assert.Equal(["billing", "billing=1", "billing=2"], consumers.Keys.Order());
        Assert.All(consumers.Values, static first => Assert.Equal(6UL, first));
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_number_of_shares_is_refused_until_the_position_is_set_anew()
    {
        await using var store = _stream.Store();
        await store.AppendAsync(Events(0, 20), Token);
        await using (var two = Processor(store, shares: 2))
        {
            await two.StartAsync(Token);
            await HandledAsync(20);
        }

        await using (var one = Processor(store, shares: 1))
        {
            await one.StartAsync(Token);
            await WarnedAsync("The jobs of the processor 'billing' are divided into 2 shares, and its Shares is 1");
        }

        await using (var four = Processor(store, shares: 4))
        {
            await four.StartAsync(Token);
            await WarnedAsync("divided into 2 shares, and its Shares is 4");
            await four.StopAsync(Token);
            Assert.Equal(20, _handled.Count);

            await four.SkipToAsync(JobEventStart.At(11), Token);
            await four.StartAsync(Token);
            await HandledAsync(30);
            Assert.Equal(["billing", "billing=1", "billing=2", "billing=3"], (await ConsumersAsync()).Keys.Order());
        }

        await using var last = Processor(store, shares: 1);
        await last.SkipToAsync(JobEventStart.At(16), Token);
        await last.StartAsync(Token);
        await HandledAsync(35);
        Assert.Equal(["billing"], (await ConsumersAsync()).Keys);
        Assert.Equal(
            [.. Enumerable.Range(0, 20).SelectMany(static number => Enumerable.Repeat($"{number}", number < 10 ? 1 : number < 15 ? 2 : 3)).Order()],
            _handled.Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_takes_part_has_a_place_in_the_order_of_coming_until_it_leaves_or_is_silent()
    {
        await using var store = _stream.Store();
        var sharing = (ISharingStore)store;
        var first = await sharing.OpenMembershipAsync("billing", TimeSpan.FromHours(1), Token);
        Assert.Equal(new Turn(0, 1), await first.BeatAsync(Token));

        // By its patience those that stand still are forgotten at once, and those that beat are not.
        var impatient = await sharing.OpenMembershipAsync("billing", TimeSpan.FromMilliseconds(1), Token);
        var second = await sharing.OpenMembershipAsync("billing", TimeSpan.FromHours(1), Token);
        Assert.Equal(new Turn(1, 2), await second.BeatAsync(Token));
        Assert.Equal(new Turn(0, 2), await first.BeatAsync(Token));
        Assert.Equal(new Turn(0, 2), await first.BeatAsync(Token));

        await second.LeaveAsync(Token);
        Assert.Equal(new Turn(0, 1), await first.BeatAsync(Token));

        await Eventually.TrueAsync(async () => await impatient.BeatAsync(Token) == new Turn(0, 1), null, "who is silent is forgotten");
        Assert.Equal(new Turn(0, 2), await first.BeatAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_that_come_at_once_agree_on_their_places()
    {
        await using var store = _stream.Store();
        var members = new List<IMembership>();
        for (var i = 0; i < 8; i++)
            members.Add(await ((ISharingStore)store).OpenMembershipAsync("billing", TimeSpan.FromHours(1), Token));

        var turns = new Turn?[members.Count];
        await Eventually.TrueAsync(
            async () =>
            {
                turns = await Task.WhenAll(members.Select(static member => member.BeatAsync(Token).AsTask()));
                return turns.All(static turn => turn is { Members: 8 });
            },
            null,
            "all know of all");

        Assert.Equal(Enumerable.Range(0, 8), turns.Select(static turn => turn!.Place).Order());
    }

    private static JobEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(static number => new JobEvent($"job-{number}", JobEventType.Started) { Message = $"{number}" })];

    private async Task<Dictionary<string, ulong>> ConsumersAsync() =>
        await _stream.JetStream.ListConsumersAsync(_stream.Name, Token)
            .ToDictionaryAsync(static consumer => consumer.Info.Name, static consumer => consumer.Info.Config.OptStartSeq, cancellationToken: Token);

    private Task HandledAsync(int count) => Eventually.TrueAsync(() => _handled.Count == count, null, $"{count} events are handled");

    private Task WarnedAsync(string text) => Eventually.TrueAsync(
        () => _stream.Log.Warnings.Any(warning => warning.Contains(text, StringComparison.Ordinal)), null, $"'{text}' is logged");

    private JobEventProcessor Processor(JetStreamEventStore store, int shares, JobEventStart? start = null)
    {
        var options = new JobEventProcessorOptions
        {
            Name = "billing",
            Ordering = JobEventOrdering.PerJobAcrossInstances,
            Shares = shares,
            Start = start ?? JobEventStart.Beginning,

            // Its parts are how soon processes take their turns.
            AckWait = TimeSpan.FromSeconds(3),
        };
        var processor = new JobEventProcessor(store, options, loggerFactory: _stream.Log);
        processor.AddHandlers(new EveryHandlers((jobEvent, _, _) =>
        {
            _handled.Enqueue(jobEvent.Message!);
            return default;
        }));
        return processor;
    }
}
