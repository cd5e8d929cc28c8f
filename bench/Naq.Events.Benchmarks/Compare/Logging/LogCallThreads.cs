using System.Diagnostics;
using System.Threading.Channels;
using Naq.Events.Benchmarks.Compare.Events;

namespace Naq.Events.Benchmarks.Compare.Logging;

/// <summary>
/// Eight threads that log as fast as they can, beside eight that build events and write them to a bounded channel. Both sides have
/// a reader that discards, room for 10,000 events, and drop the oldest when the reader cannot keep up.
/// </summary>
internal sealed class LogCallThreads() : Comparison("log.call.threads", "calls/s", goal: 3.0)
{
    private const int Threads = 8;
    private const int Capacity = 10_000;

    private readonly ShippedValues[] _values = ShippedValues.Create(1_000);
    private int _rounds;

    public override ValueTask PrepareAsync(bool quick)
    {
        _rounds = quick ? 50 : 150;
        return ValueTask.CompletedTask;
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        var logger = new JobEventLogger(new DiscardingStore(), new NaqEventsOptions { Logger = { MaxBufferSize = Capacity } });
        await using (logger.ConfigureAwait(false))
            return Measure((in ShippedValues values) => values.Log(logger));
    }

    public override async Task<Sample> MeasurePeerAsync()
    {
        var channel = Channel.CreateBounded<PeerEvent>(new BoundedChannelOptions(Capacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        var reader = Task.Run(async () =>
        {
            while (await channel.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out _))
                {
                }
            }
        });
        var sample = Measure((in ShippedValues values) => channel.Writer.TryWrite(PeerEvent.Shipped(in values)));
        channel.Writer.Complete();
        await reader.ConfigureAwait(false);
        return sample;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Sample Measure(Call call)
    {
        using var start = new ManualResetEventSlim();
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.Wait();
            for (var round = 0; round < _rounds; round++)
            {
                foreach (ref readonly var values in _values.AsSpan())
                    call(in values);
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        var allocations = new Allocations();
        var started = Stopwatch.GetTimestamp();
        start.Set();
        threads.ForEach(static thread => thread.Join());
        var calls = Threads * _rounds * _values.Length;
        return new Sample(calls / Stopwatch.GetElapsedTime(started).TotalSeconds, allocations.Per(calls));
    }

    private delegate void Call(in ShippedValues values);
}
