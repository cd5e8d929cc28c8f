using System.Diagnostics.Metrics;

namespace AotWorker;

/// <summary>
/// Adds up the counters of the meter <c>Naq.Events</c>. With OpenTelemetry it would be <c>AddMeter("Naq.Events")</c> instead.
/// </summary>
internal sealed class EventCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _logged;
    private long _stored;
    private long _handled;
    private long _lost;

    public EventCounts()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name == "Naq.Events")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => Add(instrument.Name, count));
        _listener.Start();
    }

    /// <summary>What log calls took.</summary>
    public long Logged => Interlocked.Read(ref _logged);

    /// <summary>What the server acknowledged.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>What every handler is done with.</summary>
    public long Handled => Interlocked.Read(ref _handled);

    /// <summary>What did not reach the server.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Dispose() => _listener.Dispose();

    private void Add(string counter, long count) => _ = counter switch
    {
        "naq.events.logged" => Interlocked.Add(ref _logged, count),
        "naq.events.stored" => Interlocked.Add(ref _stored, count),
        "naq.events.handled" => Interlocked.Add(ref _handled, count),
        "naq.events.lost" => Interlocked.Add(ref _lost, count),
        _ => 0,
    };
}
