using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Naq.Events.Runtime.Tests.Diagnostics;

/// <summary>What the meter measures for one service, and the instruments that it has.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _values = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "Naq.Events")
                return;

            _instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, Instrument> Instruments => _instruments;

    /// <summary>All values of an instrument that have this label.</summary>
    public IReadOnlyList<(double Value, Dictionary<string, object?> Tags)> Of(string instrument, string tag, string value) =>
        [.. _values.Where(measured => measured.Instrument == instrument && Equals(measured.Tags.GetValueOrDefault(tag), value))
            .Select(measured => (measured.Value, measured.Tags))];

    public double Sum(string instrument, string service) => Of(instrument, "naq.service", service).Sum(measured => measured.Value);

    /// <summary>Reads a gauge now; <see langword="null"/> when it has no value for the service.</summary>
    public double? Read(string instrument, string service) => Read(instrument, "naq.service", service);

    /// <summary>Reads a gauge now; <see langword="null"/> when it has no value with the label.</summary>
    public double? Read(string instrument, string tag, string value)
    {
        _values.Clear();
        _listener.RecordObservableInstruments();
        return Of(instrument, tag, value) is [var (measured, _)] ? measured : null;
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new Dictionary<string, object?>();
        foreach (var (name, tag) in tags)
            kept[name] = tag;

        _values.Enqueue((instrument.Name, value, kept));
    }
}
