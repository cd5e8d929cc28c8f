using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Naq.Events.Benchmarks.Compare.Events;

namespace Naq.Events.Benchmarks.Compare.Logging;

/// <summary>
/// The generated logger method, from values to the buffer with id and subject, beside building the event and serializing it with
/// System.Text.Json into a buffer that is used again. Bursts that fit into the buffer; the drain between them is not timed.
/// </summary>
internal sealed class LogCall() : Comparison("log.call", "ns", goal: 2.0)
{
    private const int Burst = 5_000;

    private readonly JobEventLogger _logger = new(new DiscardingStore());
    private readonly ShippedValues[] _values = ShippedValues.Create(Burst);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private Utf8JsonWriter? _writer;
    private int _bursts;

    public override ValueTask PrepareAsync(bool quick)
    {
        _bursts = quick ? 60 : 200;
        _writer = new Utf8JsonWriter(_buffer);
        return ValueTask.CompletedTask;
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        _ = await _logger.FlushAsync().ConfigureAwait(false);
        long ticks = 0;
        var bytes = 0.0;
        for (var burst = 0; burst < _bursts; burst++)
        {
            var allocations = new Allocations();
            var started = Stopwatch.GetTimestamp();
            foreach (ref readonly var values in _values.AsSpan())
                values.Log(_logger);

            ticks += Stopwatch.GetTimestamp() - started;
            bytes += allocations.Per(Burst * _bursts);
            _ = await _logger.FlushAsync().ConfigureAwait(false);
        }

        return new Sample(NanosecondsPerCall(ticks), bytes);
    }

    public override Task<Sample> MeasurePeerAsync()
    {
        var allocations = new Allocations();
        var started = Stopwatch.GetTimestamp();
        for (var burst = 0; burst < _bursts; burst++)
        {
            foreach (ref readonly var values in _values.AsSpan())
            {
                _buffer.ResetWrittenCount();
                _writer!.Reset();
                JsonSerializer.Serialize(_writer, PeerEvent.Shipped(in values), PeerJsonContext.Default.PeerEvent);
            }
        }

        return Task.FromResult(new Sample(NanosecondsPerCall(Stopwatch.GetTimestamp() - started), allocations.Per(Burst * _bursts)));
    }

    public override async ValueTask DisposeAsync()
    {
        await _logger.DisposeAsync().ConfigureAwait(false);
        if (_writer is not null)
            await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private double NanosecondsPerCall(long ticks) => ticks * 1e9 / Stopwatch.Frequency / (Burst * _bursts);
}
