using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests.Publishing;

/// <summary>Publishing in atomic batches: the same promises as event after event.</summary>
public sealed class AtomicBatchTests : OwnServerTests
{
    private const int Deadline = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);


    [Fact(Timeout = Deadline)]
    public async Task Events_are_stored_in_batches_in_order()
    {
        await using var store = Store();
        await using var publishing = new NumberedPublishing(Stream, store);

        await publishing.PublishAsync(10_000, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 10_000, Patience, "every event has its outcome");
        Assert.Empty(publishing.Rejected);
        Assert.Equal(Enumerable.Range(0, 10_000), await publishing.StoredNumbersAsync(Token));

        // The server stores the headers of a batch with its messages.
        var last = await (await Stream.JetStream.GetStreamAsync(Stream.Name, cancellationToken: Token))
            .GetAsync(new StreamMsgGetRequest { Seq = 9_999 }, Token);
        Assert.Contains("Nats-Batch-Sequence", System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(last.Message.Hdrs!)), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task Of_a_batch_with_an_event_too_large_the_others_are_stored()
    {
        await using var store = Store();
        await using var publishing = new NumberedPublishing(Stream, store);
        await publishing.PublishAsync(10, Token);
        await publishing.PublishAsync(publishing.Event(10, padding: 2_000_000), Token);
        await publishing.PublishAsync(10, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 21, Patience, "every event has its outcome");
        Assert.Contains("maximum payload", Assert.Single(publishing.Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 20), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_a_full_stream_refuses_is_rejected_and_what_fits_is_stored()
    {
        await using var store = Store(options => options.MaxMessages = 100);
        await store.InitializeAsync(Token);
        var stream = await Stream.JetStream.GetStreamAsync(Stream.Name, cancellationToken: Token);
        stream.Info.Config.Discard = StreamConfigDiscard.New;
        await Stream.JetStream.UpdateStreamAsync(stream.Info.Config, Token);
        await using var publishing = new NumberedPublishing(Stream, store, options => options.RetryAttempts = 1);

        await publishing.PublishAsync(150, Token);

        await Eventually.TrueAsync(() => publishing.Outcomes == 150, Patience, "every event has its outcome");
        Assert.Equal(50, publishing.Rejected.Count);
        Assert.Equal(Enumerable.Range(0, 100), await publishing.StoredNumbersAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_that_is_there_is_made_to_take_batches()
    {
        await using (var before = Stream.Store())
            await before.InitializeAsync(Token);

        await using var store = Store();
        await store.InitializeAsync(Token);

        Assert.Contains(Stream.Log.Entries, entry => entry.Text.EndsWith("allow_atomic false -> true", StringComparison.Ordinal));
        await using var publishing = new NumberedPublishing(Stream, store);
        await publishing.PublishAsync(100, Token);
        await Eventually.TrueAsync(() => publishing.StoredIds.Count == 100, Patience, "the events are stored");
    }

    private JetStreamEventStore Store(Action<JetStreamOptions>? configure = null) => Stream.Store(configure: options =>
    {
        options.PublishMode = PublishMode.AtomicBatch;
        configure?.Invoke(options);
    });
}
