using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Naq.Events.Logging;

namespace Naq.Events.Diagnostics;

/// <summary>The loggers that live now, for the gauges that are read from them. Loggers of one service are added up.</summary>
internal static class LoggerMeters
{
    private static readonly ConcurrentDictionary<LoggerMeter, bool> Live = new();

    public static void Add(LoggerMeter meter) => Live[meter] = true;

    public static void Remove(LoggerMeter meter) => Live.TryRemove(meter, out _);

    public static IEnumerable<Measurement<long>> BufferedEvents() => Measure(static (_, depth) => depth.Events);

    public static IEnumerable<Measurement<long>> BufferedBytes() => Measure(static (_, depth) => depth.Bytes);

    public static IEnumerable<Measurement<long>> Connected() => Measure(static (meter, _) => meter.IsConnected() ? 1 : 0);

    private static IEnumerable<Measurement<long>> Measure(Func<LoggerMeter, BufferDepth, long> value) =>
        Live.Keys
            .GroupBy(static meter => (meter.Environment, meter.Service))
            .Select(group => group.First().Measure(group.Sum(meter => value(meter, meter.Depth()))));
}
