using System.Text.Json;
using Naq.Events.Benchmarks.Compare.Events;
using NATS.Client.Core;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>The rows that ask of the past.</summary>
internal static class HistoryRows
{
    private const string All = "naq.events.dev.bench.>";
    private const string Counted = "delivered";

    private static readonly JobEventFilter RareOnly = JobEventFilter.All.InQueue(History.RareQueue);

    public static IEnumerable<Comparison> Of(History history) =>
    [
        new JobQuery("query.job", goal: 2.0, history, 0.5, PeerReads.FetchPendingAsync),
        new JobQuery("query.job.naive", goal: 50, history, 0.5, PeerReads.FetchHundredAsync) { Share = 20 },
        new JobQuery("query.job.p99", goal: 2.0, history, 0.99, PeerReads.FetchPendingAsync),
        new StreamQuery(
            "query.scan",
            goal: 0.9,
            history,
            static of => of.Events,
            static of => CountAsync(of.Store.QueryAsync()),
            static of => PeerReads.PullAsync(of.JetStream, All, NatsRawSerializer<byte[]>.Default, static payload => payload is { Length: > 0 })),
        new StreamQuery(
            "query.filter",
            goal: 2.5,
            history,
            static of => of.Jobs / 100 * History.Names.Length,
            static of => CountAsync(of.Store.QueryAsync(RareOnly)),
            static of => PeerReads.PullAsync(of.JetStream, All, PeerDeserializer.Instance, static item => item?.QueueName == History.RareQueue)),
        new StreamQuery(
            "count.type",
            goal: 50,
            history,
            static of => of.Jobs,
            static of => of.Store.CountAsync(JobEventFilter.ForNames(Counted)).AsTask(),
            static of => PeerReads.PullAsync(
                of.JetStream, $"naq.events.dev.bench.*.{Counted}", NatsRawSerializer<byte[]>.Default, static payload => payload is { Length: > 0 })),
    ];

    private static async Task<long> CountAsync(IAsyncEnumerable<JobEvent> events)
    {
        var count = 0L;
        await foreach (var jobEvent in events.ConfigureAwait(false))
            count += jobEvent.Sequence > 0 ? 1 : 0;

        return count;
    }

    private sealed class PeerDeserializer : INatsDeserialize<PeerEvent>
    {
        public static PeerDeserializer Instance { get; } = new();

        public PeerEvent? Deserialize(in System.Buffers.ReadOnlySequence<byte> buffer)
        {
            var reader = new Utf8JsonReader(buffer);
            return JsonSerializer.Deserialize(ref reader, PeerJsonContext.Default.PeerEvent);
        }
    }
}
