using System.Diagnostics.Metrics;
using Naq.Events.Logging;

namespace Naq.Events.Diagnostics;

/// <summary>What one logger has done and is doing: its counts, and the state that its gauges and its health are read from.</summary>
internal sealed class LoggerMeter
{
    private readonly EventBuffer _buffer;
    private readonly TimeProvider _timeProvider;
    private readonly KeyValuePair<string, object?> _environment;
    private readonly KeyValuePair<string, object?> _service;
    private long _stored;
    private long _lost;
    private long _lastStored;
    private long _lastLost;

    public LoggerMeter(NaqEventsOptions options, EventBuffer buffer, TimeProvider timeProvider)
    {
        _buffer = buffer;
        _timeProvider = timeProvider;
        var tags = JobEventMetrics.LoggerTags(options);
        (_environment, _service) = (tags[0], tags[1]);
        _lastStored = _lastLost = timeProvider.GetTimestamp();
    }

    public string Environment => (string)_environment.Value!;

    public string Service => (string)_service.Value!;

    public long Stored => Volatile.Read(ref _stored);

    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Whether events can be sent now; as far as the store tells.</summary>
    public Func<bool> IsConnected { get; set; } = static () => false;

    /// <summary>The time since the last loss; none without one.</summary>
    public TimeSpan? SinceLoss => Lost == 0 ? null : _timeProvider.GetElapsedTime(Volatile.Read(ref _lastLost));

    public BufferDepth Depth() => _buffer.Measure();

    /// <summary>How long events have been waiting, or under way, without a single acknowledgement; zero when there are none.</summary>
    public TimeSpan Stalled(in BufferDepth depth) => depth.Events == 0 ? TimeSpan.Zero
        : _timeProvider.GetElapsedTime(Math.Max(depth.BusySince, Volatile.Read(ref _lastStored)));

    public void AddLogged()
    {
        if (JobEventMetrics.Logged.Enabled)
            JobEventMetrics.Logged.Add(1, _environment, _service);
    }

    public void AddSpooled()
    {
        if (JobEventMetrics.Spooled.Enabled)
            JobEventMetrics.Spooled.Add(1, _environment, _service);
    }

    public void AddStored(int count)
    {
        _ = Interlocked.Add(ref _stored, count);
        Volatile.Write(ref _lastStored, _timeProvider.GetTimestamp());
        if (JobEventMetrics.Stored.Enabled)
            JobEventMetrics.Stored.Add(count, _environment, _service);
    }

    public void AddLost(JobEventLossKind kind, int count)
    {
        _ = Interlocked.Add(ref _lost, count);
        Volatile.Write(ref _lastLost, _timeProvider.GetTimestamp());
        if (JobEventMetrics.Lost.Enabled)
            JobEventMetrics.Lost.Add(count, JobEventMetrics.KindOf(kind), _environment, _service);
    }

    public Measurement<long> Measure(long value) => new(value, _environment, _service);
}
