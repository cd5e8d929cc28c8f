using System.Globalization;

namespace Naq.Events.Benchmarks.Compare.Events;

/// <summary>What one event says. Both sides get the same, ready-made.</summary>
internal readonly record struct ShippedValues(string JobId, int Parcels, double DurationMs)
{
    public string WorkerId => "worker-17";

    public string WorkerType => "shipping";

    public string QueueName => "parcels.express";

    public double MemoryMb => 182.4;

    public double CpuTimeMs => 11.25;

    public string Carrier => "Northern Post";

    public bool Express => true;

    public string Tenant => "acme";

    public string Region => "eu-north-1";

    /// <summary>The values of many events. Each has a subject of its own, as nearly every event of a job has.</summary>
    public static ShippedValues[] Create(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static i => new ShippedValues(
            string.Create(CultureInfo.InvariantCulture, $"shipment-{i:D8}"), i % 40, 12.5 + (i % 1000))),
    ];

    public void Log(IJobEventLogger logger) => logger.LogShipped(
        JobId, WorkerId, WorkerType, QueueName, DurationMs, MemoryMb, CpuTimeMs, Parcels, Carrier, Express, Tenant, Region);

    public ValueTask LogAsync(IJobEventLogger logger) => logger.LogShippedAsync(
        JobId, WorkerId, WorkerType, QueueName, DurationMs, MemoryMb, CpuTimeMs, Parcels, Carrier, Express, Tenant, Region);
}
