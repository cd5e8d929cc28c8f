using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Reliability.Tests;

/// <summary>Several processes of one durable processor, of which some are killed or stopped.</summary>
public sealed class ProcessorProcessTests : IAsyncLifetime
{
    private const int Deadline = 180_000;
    private const int Events = 2_000;

    // Longer than the store waits for an answer of a process that is gone.
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(90);

    private NatsServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task What_a_killed_process_had_in_hand_is_handled_by_another()
    {
        const int Stuck = 17;
        await StoreAsync();
        await using var killed = new HandlingProcess(_server.Url, "billing", Stuck);
        await Eventually.TrueAsync(() => killed.Stuck == Stuck && killed.Handled.Count > 100, Takeover, "it is in a handler, and others ran");
        await killed.KillAsync();
        await using var other = new HandlingProcess(_server.Url, "billing");

        await Eventually.TrueAsync(() => All(killed, other).Count == Events, Takeover, "every event is handled");

        // The one that was being handled, the later ones of its job behind it, and few else: those whose answer was on its way.
        Assert.Contains(Stuck, other.Handled);
        Assert.DoesNotContain(Stuck, killed.Handled);
        await other.StopAsync();
        Assert.Equal(other.Handled.Count, other.Handled.Distinct().Count());
        Assert.InRange(killed.Handled.Intersect(other.Handled).Count(), 0, Events / 5);
    }

    [Fact(Timeout = Deadline)]
    public async Task Processes_that_come_and_go_in_good_order_handle_each_event_once()
    {
        await using var first = new HandlingProcess(_server.Url, "billing");
        await using var second = new HandlingProcess(_server.Url, "billing");
        await StoreAsync();
        await Eventually.TrueAsync(() => All(first, second).Count > 100, Takeover, "they are at work");
        await using var third = new HandlingProcess(_server.Url, "billing");
        await first.StopAsync();
        await StoreAsync(from: Events);

        await Eventually.TrueAsync(() => All(first, second, third).Count == 2 * Events, Takeover, "every event is handled");

        await second.StopAsync();
        await third.StopAsync();
        Assert.Equal(2 * Events, first.Handled.Count + second.Handled.Count + third.Handled.Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_kills_each_process_is_a_dead_letter_after_as_many_tries_as_one_that_throws()
    {
        const int Killer = 17;
        await StoreAsync();
        var killed = new List<HandlingProcess>();
        for (var tries = 0; tries < 2; tries++)
        {
            await using var process = new HandlingProcess(_server.Url, "billing", Killer, maxDeliver: 2);
            await Eventually.TrueAsync(() => process.Stuck == Killer, Takeover, "it is in the handler");
            await process.KillAsync();
            killed.Add(process);
        }

        // What else they had in hand has come twice as well, and is none the worse for it.
        await using var last = new HandlingProcess(_server.Url, "billing", Killer, maxDeliver: 2);
        await Eventually.TrueAsync(() => All([.. killed, last]).Count == Events - 1, Takeover, "every other event is handled");
        await using var store = Store();
        var deadLetters = new JobEventDeadLetters(store, "billing");
        await Eventually.TrueAsync(async () => await deadLetters.CountAsync(cancellationToken: Token) > 0, Takeover, "it is given up");

        var deadLetter = await deadLetters.ListAsync(cancellationToken: Token).SingleAsync(Token);
        Assert.Equal((JobEventDeadLetterCause.NoOutcome, $"{Killer}"), (deadLetter.Cause, deadLetter.Event!.Message));
        Assert.Contains("None of 2 deliveries", deadLetter.Reason, StringComparison.Ordinal);
        Assert.Equal(-1, last.Stuck);
    }

    [Fact(Timeout = Deadline)]
    public async Task Poison_among_good_events_is_given_up_by_several_processes_and_nothing_else_is()
    {
        const int Poison = 101;
        const int Malformed = 10;
        const int Tries = 3;
        await using var first = new HandlingProcess(_server.Url, "billing", maxDeliver: Tries, poison: Poison);
        await using var killed = new HandlingProcess(_server.Url, "billing", maxDeliver: Tries, poison: Poison);
        await using var third = new HandlingProcess(_server.Url, "billing", maxDeliver: Tries, poison: Poison);
        var poison = new List<int>();
        var stored = 0;

        // A process that starts first may handle all that there is: more come until each has had some.
        while (first.Handled.Count == 0 || killed.Handled.Count == 0 || third.Handled.Count == 0)
        {
            await StoreMoreAsync(400);
            await Eventually.TrueAsync(() => All(first, killed, third).Count == stored - poison.Count, Takeover, "every good event is handled");
        }

        await StoreMalformedAsync(Malformed);
        var before = killed.Handled.Count;
        await StoreMoreAsync(Events);
        await Eventually.TrueAsync(() => killed.Handled.Count > before, Takeover, "it is at work");
        await killed.KillAsync();

        await Eventually.TrueAsync(() => All(first, killed, third).Count == stored - poison.Count, Takeover, "every good event is handled");
        await using var store = Store();
        var deadLetters = new JobEventDeadLetters(store, "billing");
        await Eventually.TrueAsync(
            async () => await deadLetters.CountAsync(cancellationToken: Token) == poison.Count + Malformed, Takeover, "all poison is given up");

        // One that the killed process had in hand may have had fewer tries, and no outcome in the last.
        var given = await deadLetters.ListAsync(cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(Malformed, given.Count(static letter => letter.Cause == JobEventDeadLetterCause.Malformed));
        Assert.Equal(
            poison.Select(static number => $"{number}").Order(StringComparer.Ordinal),
            given.Where(static letter => letter.Event is not null).Select(static letter => letter.Event!.Message!).Order(StringComparer.Ordinal));
        Assert.All(given.Where(static letter => letter.Event is not null), static letter => Assert.InRange(letter.Deliveries, Tries, Tries + 1));
        await first.StopAsync();
        await third.StopAsync();

        async Task StoreMoreAsync(int count)
        {
            poison.AddRange(Enumerable.Range(stored, count).Where(static number => number % Poison == 0));
            await StoreAsync(stored, count);
            stored += count;
        }
    }

    private static HashSet<int> All(params HandlingProcess[] processes) => [.. processes.SelectMany(static process => process.Handled)];

    private JetStreamEventStore Store() =>
        new(new NaqEventsOptions { Environment = "test", Service = "shop" }, new JetStreamOptions { Url = _server.Url });

    private async Task StoreMalformedAsync(int count)
    {
        await using var client = new NatsConnection(new NatsOpts { Url = _server.Url });
        for (var number = 0; number < count; number++)
        {
            var ack = await new NatsJSContext(client).PublishAsync(
                $"{new NaqEventsOptions().SubjectPrefix}.test.shop.job-{number}.started", $"{number} is no event", cancellationToken: Token);
            ack.EnsureSuccess();
        }
    }

    private async Task StoreAsync(int from = 0, int count = Events)
    {
        await using var store = Store();
        await store.AppendAsync(
            [.. Enumerable.Range(from, count).Select(static number => new JobEvent($"job-{number % 16}", JobEventType.Started) { Message = $"{number}" })],
            Token);
    }
}
