using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Benchmarks.Compare.Publishing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>
/// A backlog that is handled by a durable name of its own in each sample, every event acknowledged: events per second, from the start of
/// the processor to the last event.
/// </summary>
internal abstract class ProcessingRow(string name, double goal) : Comparison(name, "events/s", goal)
{
    private const string StreamName = "naq_events";

    private static readonly TimeSpan CountingTime = TimeSpan.FromSeconds(5);

    private StreamFixture? _stream;
    private int _samples;

    protected int Events { get; private set; }

    protected abstract int EventsOf(bool quick);

    /// <summary>How many jobs the events are of.</summary>
    protected abstract int Jobs { get; }

    public override async ValueTask PrepareAsync(bool quick)
    {
        Events = EventsOf(quick);
        _stream = await StreamFixture.StartAsync(synced: false, static _ => { }).ConfigureAwait(false);
        var values = ShippedValues.Create(Jobs);
        var logger = new JobEventLogger(_stream.Store, StreamFixture.Options);
        await using (logger.ConfigureAwait(false))
        {
            for (var i = 0; i < Events; i++)
                await values[i % Jobs].LogAsync(logger).ConfigureAwait(false);
        }

        await _stream.CheckAsync(Events).ConfigureAwait(false);
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        var name = $"ours-{++_samples}";
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        await ProcessAsync(_stream!.Store, name).ConfigureAwait(false);
        return await EndAsync(name, started, meter).ConfigureAwait(false);
    }

    public override async Task<Sample> MeasurePeerAsync()
    {
        var name = $"peer-{++_samples}";
        var jetStream = new NatsJSContext(_stream!.Connection);
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        var consumer = await jetStream.CreateOrUpdateConsumerAsync(
            StreamName,
            new ConsumerConfig(name) { AckPolicy = ConsumerConfigAckPolicy.Explicit, MaxAckPending = 10_000 }).ConfigureAwait(false);
        await ConsumeAsync(consumer).ConfigureAwait(false);
        _ = await _stream.Connection.PingAsync().ConfigureAwait(false);
        return await EndAsync(name, started, meter).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? default;

    protected abstract Task ProcessAsync(IJobEventStore store, string name);

    protected abstract Task ConsumeAsync(INatsJSConsumer consumer);

    /// <summary>Fails unless all is acknowledged: a sample that left some is none. The server counts an acknowledgement some time after it has read it.</summary>
    private async Task<Sample> EndAsync(string name, long started, Meter meter)
    {
        var sample = new Sample(Events / Stopwatch.GetElapsedTime(started).TotalSeconds, meter.Per(Events));
        var jetStream = new NatsJSContext(_stream!.Connection);
        var counted = Stopwatch.GetTimestamp();
        var consumer = await jetStream.GetConsumerAsync(StreamName, name).ConfigureAwait(false);
        while (consumer.Info is not { NumPending: 0, NumAckPending: 0 })
        {
            if (Stopwatch.GetElapsedTime(counted) > CountingTime)
                throw new InvalidOperationException($"{consumer.Info.NumPending} events wait, {consumer.Info.NumAckPending} are not acknowledged.");

            await Task.Delay(10).ConfigureAwait(false);
            await consumer.RefreshAsync().ConfigureAwait(false);
        }

        _ = await jetStream.DeleteConsumerAsync(StreamName, name).ConfigureAwait(false);
        return sample;
    }
}
