using System.Globalization;
using System.Text.Json.Serialization;

namespace Naq.Events.Benchmarks.Compare.Events;

/// <summary>The same event as a user would write it for System.Text.Json.</summary>
internal sealed record PeerEvent
{
    public string Version { get; init; } = "1.0";

    public required string JobId { get; init; }

    public required string EventType { get; init; }

    public required decimal Timestamp { get; init; }

    public string? WorkerId { get; init; }

    public string? WorkerType { get; init; }

    public string? QueueName { get; init; }

    public string? Message { get; init; }

    public PeerDetails? Details { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public double? DurationMs { get; init; }

    public double? MemoryMb { get; init; }

    public double? CpuTimeMs { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public static PeerEvent Shipped(in ShippedValues values) => new()
    {
        JobId = values.JobId,
        EventType = "completed",
        Timestamp = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / 10 / 1_000_000m,
        WorkerId = values.WorkerId,
        WorkerType = values.WorkerType,
        QueueName = values.QueueName,
        Message = string.Create(CultureInfo.InvariantCulture, $"Shipped {values.Parcels} parcels in {values.DurationMs:F2} ms"),
        Details = new PeerDetails(values.Parcels, values.Carrier, values.Express),
        DurationMs = values.DurationMs,
        MemoryMb = values.MemoryMb,
        CpuTimeMs = values.CpuTimeMs,
        Tags = new Dictionary<string, string>(2) { ["tenant"] = values.Tenant, ["region"] = values.Region },
    };
}

/// <summary>Its details.</summary>
internal sealed record PeerDetails(int Parcels, string Carrier, bool Express);

/// <summary>Its serializer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Serialization | JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PeerEvent))]
internal sealed partial class PeerJsonContext : JsonSerializerContext;
