using System.Buffers;
using BenchmarkDotNet.Attributes;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.JetStream.Publishing;
using Naq.Events.Logging;
using Naq.Events.Serialization;

namespace Naq.Events.Benchmarks.Micro;

/// <summary>What a log call and a publish consist of.</summary>
public class LoggingBenchmarks
{
    private readonly ShippedValues _values = ShippedValues.Create(1)[0];
    private readonly WritingLogger _logger = new();
    private readonly EventBuffer _buffer = new(10_000, ArrayPool<byte>.Shared, TimeProvider.System);
    private readonly BufferedEvent[] _taken = new BufferedEvent[1];
    private readonly byte[] _bytes = new byte[480];
    private readonly PublishFrames _frames = new("_INBOX.0123456789abcdefghijkl");
    private readonly BufferedEvent _event = new()
    {
        Subject = "naq.events.dev.bench.shipment-00000000.completed"u8.ToArray(),
        Payload = new byte[420],
    };

    [Benchmark(Description = "generated logger method, without a buffer")]
    public void Write() => _values.Log(_logger);

    [Benchmark(Description = "id of an event")]
    public Guid Id() => EventId.Create(DateTimeOffset.UnixEpoch);

    [Benchmark(Description = "id of an event, Guid.CreateVersion7")]
    public Guid FrameworkId() => Guid.CreateVersion7(DateTimeOffset.UnixEpoch);

    [Benchmark(Description = "into the buffer, out of it and done with")]
    public void Buffer()
    {
        _ = _buffer.Enqueue(new WrittenEvent(_bytes, 420, default, null), JobEventOverflow.DropOldest, out _);
        _ = _buffer.Take(_taken);
        _buffer.Resolve(_taken, stored: true);
    }

    [Benchmark(Description = "publish command")]
    public void Frame()
    {
        _frames.Clear();
        _frames.Add(17, _event, withId: true);
    }

    [Benchmark(Description = "acknowledgement")]
    public long Acknowledgement() => (long)PublishAckParser.Parse("{\"stream\":\"naq_events\", \"seq\":1234567}"u8).Sequence;
}
