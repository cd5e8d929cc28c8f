using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Benchmarks.Compare.Publishing;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>The 99th percentile of the time from an event's publication to its reader, at 5,000 events a second, beside a raw ordered consumer.</summary>
internal sealed class StreamLatency() : Comparison("stream.latency", "ms", goal: 0.9)
{
    private const int EventsPerSecond = 5_000;

    private StreamFixture? _stream;
    private ReadyMessage[] _messages = [];
    private Dictionary<string, int> _places = [];

    public override async ValueTask PrepareAsync(bool quick)
    {
        _stream = await StreamFixture.StartAsync(synced: false, static _ => { }).ConfigureAwait(false);
        _messages = ReadyMessage.Create(ShippedValues.Create(quick ? 5_000 : 15_000));
        _places = Enumerable.Range(0, _messages.Length).ToDictionary(i => _messages[i].Values.JobId, StringComparer.Ordinal);
    }

    public override Task<Sample> MeasureOursAsync() => MeasureAsync(async (arrived, started) =>
    {
        var left = _messages.Length;
        var events = _stream!.Store.StreamAsync(start: JobEventStart.Beginning).GetAsyncEnumerator();
        await using (events.ConfigureAwait(false))
        {
            var next = events.MoveNextAsync();
            started();
            while (await next.ConfigureAwait(false))
            {
                arrived(_places[events.Current.JobId]);
                if (--left == 0)
                    return;

                next = events.MoveNextAsync();
            }
        }
    });

    public override Task<Sample> MeasurePeerAsync() => MeasureAsync(async (arrived, started) =>
    {
        var left = _messages.Length;
        var consumer = await new NatsJSContext(_stream!.Connection).CreateOrderedConsumerAsync("naq_events").ConfigureAwait(false);
        var messages = consumer.ConsumeAsync(NatsRawSerializer<byte[]>.Default).GetAsyncEnumerator();
        await using (messages.ConfigureAwait(false))
        {
            var next = messages.MoveNextAsync();
            started();
            while (await next.ConfigureAwait(false))
            {
                arrived(_places[messages.Current.Subject.Split('.')[4]]);
                if (--left == 0)
                    return;

                next = messages.MoveNextAsync();
            }
        }
    });

    public override ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? default;

    private async Task<Sample> MeasureAsync(Func<Action<int>, Action, Task> readAsync)
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        ReadyMessage.Renew(_messages);
        var sent = new long[_messages.Length];
        var times = new double[_messages.Length];
        var started = new TaskCompletionSource();
        var meter = new Meter();
        var reading = Task.Run(() => readAsync(i => times[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref sent[i])).TotalMilliseconds, started.SetResult));
        await started.Task.ConfigureAwait(false);
        var connection = _stream.Connection;
        await Pace.RunAsync(_messages.Length, EventsPerSecond, i =>
        {
            Volatile.Write(ref sent[i], Stopwatch.GetTimestamp());
            return connection.PublishAsync(
                _messages[i].Subject,
                _messages[i].Payload,
                headers: new NatsHeaders { ["Nats-Msg-Id"] = _messages[i].Id },
                serializer: NatsRawSerializer<byte[]>.Default);
        }).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        Array.Sort(times);
        return new Sample(times[(int)(times.Length * 0.99)], meter.Per(_messages.Length));
    }
}
