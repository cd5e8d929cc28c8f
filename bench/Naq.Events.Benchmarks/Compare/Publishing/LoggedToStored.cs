using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Logging;
using NATS.Client.JetStream;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>
/// The 99th percentile of the time from the call to the acknowledgement, at 5,000 events a second, beside an awaited publish of a
/// ready-made message at the same rate.
/// </summary>
internal sealed class LoggedToStored() : Comparison("latency.logged_to_stored", "ms", goal: 0.8)
{
    private const int EventsPerSecond = 5_000;

    private StreamFixture? _stream;
    private ShippedValues[] _values = [];
    private ReadyMessage[] _messages = [];

    public override async ValueTask PrepareAsync(bool quick)
    {
        _stream = await StreamFixture.StartAsync(synced: false, static _ => { }).ConfigureAwait(false);
        _values = ShippedValues.Create(quick ? 5_000 : 15_000);
        _messages = ReadyMessage.Create(_values);
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        var timed = new AcknowledgementTimes(_stream.Store, _values.Length);
        var logger = new JobEventLogger(timed, StreamFixture.Options);
        await using (logger.ConfigureAwait(false))
        {
            // The connection is opened by then.
            _values[0].Log(logger);
            _ = await logger.FlushAsync().ConfigureAwait(false);
            timed.Reset();

            var meter = new Meter();
            Pace.Run(_values.Length - 1, EventsPerSecond, i =>
            {
                timed.Called();
                _values[i + 1].Log(logger);
            });
            _ = await logger.FlushAsync().ConfigureAwait(false);
            return new Sample(timed.Percentile99(), meter.Per(_values.Length));
        }
    }

    public override async Task<Sample> MeasurePeerAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        ReadyMessage.Renew(_messages);
        var jetStream = new NatsJSContext(_stream.Connection);
        var publishes = new Task[_messages.Length];
        var times = new double[_messages.Length];
        var meter = new Meter();
        Pace.Run(_messages.Length, EventsPerSecond, i => publishes[i] = PublishAsync(i));
        await Task.WhenAll(publishes).ConfigureAwait(false);
        Array.Sort(times);
        return new Sample(times[(int)(times.Length * 0.99)], meter.Per(_messages.Length));

        async Task PublishAsync(int i)
        {
            var started = Stopwatch.GetTimestamp();
            var ack = await jetStream.PublishAsync(_messages[i].Subject, _messages[i].Payload, opts: new NatsJSPubOpts { MsgId = _messages[i].Id })
                .ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            ack.EnsureSuccess();
        }
    }

    public override ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? default;
}
