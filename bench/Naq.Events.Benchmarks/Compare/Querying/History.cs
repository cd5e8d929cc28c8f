using System.Globalization;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Benchmarks.Compare.Publishing;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>A stream with the past of many jobs, ten events each. It is filled once, by the first row that reads it, for all.</summary>
/// <param name="fixedJobs">How many jobs; when it is not said, 100,000, or 20,000 to be quick.</param>
internal sealed class History(int? fixedJobs = null) : IAsyncDisposable
{
    /// <summary>The events of each job, one of each name.</summary>
    public static readonly string[] Names =
    [
        "enqueued", "dequeued", "started", "packed", "weighed", "labelled", "handed_over", "tracked", "delivered", "completed",
    ];

    /// <summary>The queue of one job in a hundred.</summary>
    public const string RareQueue = "parcels.oversized";

    private const int JobsUnderWay = 1_000;
    private const int RareJobs = 100;

    private StreamFixture? _stream;

    public int Jobs { get; private set; }

    public int Events => Jobs * Names.Length;

    public JetStreamEventStore Store => _stream!.Store;

    /// <summary>The peer's connection.</summary>
    public NatsJSContext JetStream => new(_stream!.Connection);

    public static string JobId(int job) => string.Create(CultureInfo.InvariantCulture, $"shipment-{job:D8}");

    public static bool IsRare(int job) => job % RareJobs == 0;

    /// <summary>Fills the stream, if it does not hold so many already.</summary>
    public async ValueTask PrepareAsync(bool quick)
    {
        var jobs = fixedJobs ?? (quick ? 20_000 : 100_000);
        if (Jobs == jobs)
            return;

        await DisposeAsync().ConfigureAwait(false);
        _stream = await StreamFixture.StartAsync(synced: false, static _ => { }).ConfigureAwait(false);
        Jobs = jobs;
        var logger = new JobEventLogger(Store, StreamFixture.Options);
        await using (logger.ConfigureAwait(false))
        {
            for (var first = 0; first < jobs; first += JobsUnderWay)
            {
                foreach (var name in Names)
                {
                    for (var job = first; job < Math.Min(jobs, first + JobsUnderWay); job++)
                        await logger.LogAsync(Event(job, name)).ConfigureAwait(false);
                }
            }

            _ = await logger.FlushAsync().ConfigureAwait(false);
        }

        await _stream.CheckAsync(Events).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private static JobEvent Event(int job, string name)
    {
        var values = new ShippedValues(JobId(job), job % 40, 12.5 + (job % 1000));
        var shipped = values.ToJobEvent();
        return new JobEvent(values.JobId, name)
        {
            WorkerId = shipped.WorkerId,
            WorkerType = shipped.WorkerType,
            QueueName = IsRare(job) ? RareQueue : shipped.QueueName,
            Message = shipped.Message,
            DurationMs = shipped.DurationMs,
            MemoryMb = shipped.MemoryMb,
            CpuTimeMs = shipped.CpuTimeMs,
            Details = shipped.Details,
            Tags = shipped.Tags,
        };
    }
}
