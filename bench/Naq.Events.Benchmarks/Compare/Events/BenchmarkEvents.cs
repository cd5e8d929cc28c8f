namespace Naq.Events.Benchmarks.Compare.Events;

/// <summary>The event that is logged in every comparison: 16 values, some 400 bytes on the wire.</summary>
internal static partial class BenchmarkEvents
{
    [JobEvent(JobEventType.Completed, "Shipped {parcels} parcels in {durationMs:F2} ms")]
    public static partial void LogShipped(
        this IJobEventLogger logger,
        string jobId,
        string workerId,
        string workerType,
        string queueName,
        double durationMs,
        double memoryMb,
        double cpuTimeMs,
        int parcels,
        string carrier,
        bool express,
        [JobEventTag] string tenant,
        [JobEventTag] string region);

    [JobEvent(JobEventType.Completed, "Shipped {parcels} parcels in {durationMs:F2} ms")]
    public static partial ValueTask LogShippedAsync(
        this IJobEventLogger logger,
        string jobId,
        string workerId,
        string workerType,
        string queueName,
        double durationMs,
        double memoryMb,
        double cpuTimeMs,
        int parcels,
        string carrier,
        bool express,
        [JobEventTag] string tenant,
        [JobEventTag] string region);
}
