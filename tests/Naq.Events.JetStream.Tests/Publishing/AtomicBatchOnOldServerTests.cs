using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class AtomicBatchOnOldServerTests(OldServer server)
{
    [Fact(Timeout = 60_000)]
    public async Task A_server_without_batches_gets_event_after_event()
    {
        await using var stream = new TestStream(server.Url);
        await using var store = stream.Store(configure: static options => options.PublishMode = PublishMode.AtomicBatch);
        await using var publishing = new NumberedPublishing(stream, store);

        await publishing.PublishAsync(500, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => publishing.StoredIds.Count == 500, null, "the events are stored");
        Assert.Contains(stream.Log.Warnings, static text => text.Contains("does not take atomic batches", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 500), await publishing.StoredNumbersAsync(TestContext.Current.CancellationToken));
    }
}
