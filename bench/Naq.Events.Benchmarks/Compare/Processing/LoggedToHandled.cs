using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Benchmarks.Compare.Publishing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>
/// The 99th percentile of the time from the log call to the handler of a durable processor, at 2,000 events a second, beside a raw publish of
/// a ready-made message to a durable consumer.
/// </summary>
internal sealed class LoggedToHandled() : Comparison("latency.logged_to_handled", "ms", goal: 0.8)
{
    private const int EventsPerSecond = 2_000;

    private StreamFixture? _stream;
    private ShippedValues[] _values = [];
    private ReadyMessage[] _messages = [];
    private Dictionary<string, int> _places = [];
    private int _samples;

    public override async ValueTask PrepareAsync(bool quick)
    {
        _stream = await StreamFixture.StartAsync(synced: false, static _ => { }).ConfigureAwait(false);
        _values = ShippedValues.Create(quick ? 2_000 : 6_000);
        _messages = ReadyMessage.Create(_values);
        _places = Enumerable.Range(0, _values.Length).ToDictionary(i => _values[i].JobId, StringComparer.Ordinal);
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        var times = new ArrivalTimes(_values.Length);
        var processor = new JobEventProcessor(_stream.Store, new JobEventProcessorOptions { Name = $"ours-{++_samples}", Start = JobEventStart.New });
        await using (processor.ConfigureAwait(false))
        {
            processor.AddHandlers(new TimedHandlers(jobId => times.Arrived(_places[jobId])));
            await processor.StartAsync().ConfigureAwait(false);
            var logger = new JobEventLogger(_stream.Store, StreamFixture.Options);
            await using (logger.ConfigureAwait(false))
            {
                // Both are connected by then.
                await times.WarmUpAsync(() => _values[0].LogAsync(logger)).ConfigureAwait(false);
                var meter = new Meter();
                await Pace.RunAsync(_values.Length, EventsPerSecond, i =>
                {
                    times.Sent(i);
                    _values[i].Log(logger);
                    return default;
                }).ConfigureAwait(false);
                await times.All.ConfigureAwait(false);
                return new Sample(times.Percentile99(), meter.Per(_values.Length));
            }
        }
    }

    public override async Task<Sample> MeasurePeerAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        ReadyMessage.Renew(_messages);
        var times = new ArrivalTimes(_values.Length);
        var jetStream = new NatsJSContext(_stream.Connection);
        var consumer = await jetStream.CreateOrUpdateConsumerAsync(
            "naq_events", new ConsumerConfig($"peer-{++_samples}") { AckPolicy = ConsumerConfigAckPolicy.Explicit, DeliverPolicy = ConsumerConfigDeliverPolicy.New })
            .ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        var consuming = ConsumeAsync(consumer, times, stop.Token);
        await times.WarmUpAsync(() => PublishAsync(_messages[0] with { Id = Guid.CreateVersion7().ToString() })).ConfigureAwait(false);
        var meter = new Meter();
        await Pace.RunAsync(_messages.Length, EventsPerSecond, i =>
        {
            times.Sent(i);
            return PublishAsync(_messages[i]);
        }).ConfigureAwait(false);
        await times.All.ConfigureAwait(false);
        var sample = new Sample(times.Percentile99(), meter.Per(_messages.Length));
        await stop.CancelAsync().ConfigureAwait(false);
        await consuming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return sample;
    }

    public override ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? default;

    private ValueTask PublishAsync(ReadyMessage message) => _stream!.Connection.PublishAsync(
        message.Subject,
        message.Payload,
        headers: new NatsHeaders { ["Nats-Msg-Id"] = message.Id },
        serializer: NatsRawSerializer<byte[]>.Default);

    private async Task ConsumeAsync(INatsJSConsumer consumer, ArrivalTimes times, CancellationToken cancellationToken)
    {
        await foreach (var message in consumer.ConsumeAsync(NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            times.Arrived(_places[message.Subject.Split('.')[4]]);
            await message.AckAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
