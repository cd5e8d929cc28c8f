using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>The publisher on a server that is well: order, outcomes, refusals.</summary>
public sealed class PublisherTests(SharedServer server) : IAsyncDisposable
{
    private const int Deadline = 60_000;

    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact(Timeout = Deadline)]
    public async Task Events_are_stored_in_order_and_each_outcome_is_reported_once()
    {
        await using var store = _stream.Store();
        await using var publishing = new NumberedPublishing(_stream, store);

        await publishing.PublishAsync(20_000, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 20_000, null, "every event has its outcome");
        Assert.Empty(publishing.Rejected);
        Assert.Equal(20_000, publishing.StoredIds.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20_000), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_the_stream_refuses_for_its_size_is_rejected_and_the_others_are_stored()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);
        await ConfigureAsync(config => config.MaxMsgSize = 2_000);
        await using var publishing = new NumberedPublishing(_stream, store);

        await publishing.PublishAsync(10, Token);
        var large = publishing.Event(100, padding: 4_000);
        await publishing.PublishAsync(large, Token);
        await publishing.PublishAsync(10, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 21, null, "every event has its outcome");
        var (id, reason) = Assert.Single(publishing.Rejected);
        Assert.Equal(large.Id, id);
        Assert.Contains("message size exceeds maximum allowed", reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 20), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_the_server_cannot_take_is_rejected()
    {
        await using var store = _stream.Store();
        await using var publishing = new NumberedPublishing(_stream, store);

        await publishing.PublishAsync(publishing.Event(0, padding: 2_000_000), Token);
        await publishing.PublishAsync(3, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 4, null, "every event has its outcome");
        Assert.Contains("maximum payload", Assert.Single(publishing.Rejected).Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, publishing.StoredIds.Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_a_full_stream_refuses_in_every_attempt_is_rejected_with_the_servers_words()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 100);
        await store.InitializeAsync(Token);
        await ConfigureAsync(config => config.Discard = StreamConfigDiscard.New);
        await using var publishing = new NumberedPublishing(_stream, store, options => options.RetryAttempts = 2);

        await publishing.PublishAsync(150, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 150, TimeSpan.FromSeconds(30), "every event has its outcome");
        Assert.Equal(50, publishing.Rejected.Count);
        Assert.All(publishing.Rejected, rejected => Assert.Contains("maximum messages exceeded", rejected.Reason, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 100), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_is_refused_for_a_while_is_stored_in_order_when_there_is_room_again()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 100);
        await store.InitializeAsync(Token);
        await ConfigureAsync(config => config.Discard = StreamConfigDiscard.New);
        await using var publishing = new NumberedPublishing(_stream, store, options => options.RetryAttempts = 100);
        await publishing.PublishAsync(150, Token);
        await Eventually.TrueAsync(() => _stream.Log.Warnings.Any(text => text.Contains("maximum messages exceeded", StringComparison.Ordinal)), null, "the publisher meets the limit");

        await ConfigureAsync(config => config.MaxMsgs = 1_000);

        await Eventually.TrueAsync(() => publishing.Outcomes == 150, TimeSpan.FromSeconds(40), "every event has its outcome");
        Assert.Empty(publishing.Rejected);
        Assert.Equal(Enumerable.Range(0, 150), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_that_is_removed_is_created_again()
    {
        await using var store = _stream.Store();
        await using var publishing = new NumberedPublishing(_stream, store);
        await publishing.PublishAsync(10, Token);
        await Eventually.TrueAsync(() => publishing.Outcomes == 10, null, "the events are stored");

        await _stream.JetStream.DeleteStreamAsync(_stream.Name, Token);
        await publishing.PublishAsync(10, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 20, TimeSpan.FromSeconds(20), "the events are stored");
        Assert.Equal(Enumerable.Range(10, 10), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task After_dispose_nothing_is_taken_and_nothing_reported()
    {
        await using var store = _stream.Store();
        var publishing = new NumberedPublishing(_stream, store);
        await publishing.PublishAsync(5_000, Token);

        await publishing.DisposeAsync();

        var outcomes = publishing.Outcomes;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => publishing.PublishAsync(1, Token));
        await store.CountAsync(cancellationToken: Token);
        Assert.Equal(outcomes, publishing.Outcomes);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_refused_append_names_the_first_refused_event()
    {
        await using var store = _stream.Store(configure: options => options.MaxMessages = 3);
        await store.InitializeAsync(Token);
        await ConfigureAsync(config => config.Discard = StreamConfigDiscard.New);
        var events = Enumerable.Range(0, 5).Select(number => new JobEvent($"job-{number}", JobEventType.Started)).ToArray();

        var failure = await Assert.ThrowsAsync<JobEventAppendException>(async () => await store.AppendAsync(events, Token));

        Assert.Contains(events[3].Id.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("maximum messages exceeded", failure.Message, StringComparison.Ordinal);
        Assert.Contains("3 are stored", failure.Message, StringComparison.Ordinal);
        await ConfigureAsync(config => config.MaxMsgs = 10);
        await store.AppendAsync(events, Token);
        Assert.Equal(5, await store.CountAsync(cancellationToken: Token));
    }

    private async Task ConfigureAsync(Action<StreamConfig> change)
    {
        var config = (await _stream.JetStream.GetStreamAsync(_stream.Name, cancellationToken: Token)).Info.Config;
        change(config);
        await _stream.JetStream.UpdateStreamAsync(config, Token);
    }
}
