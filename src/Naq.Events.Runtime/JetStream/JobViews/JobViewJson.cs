using System.Text.Json.Serialization;

namespace Naq.Events.JetStream.JobViews;

/// <summary>How the view's values are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobViewEntry))]
[JsonSerializable(typeof(JobViewPosition))]
internal sealed partial class JobViewJson : JsonSerializerContext;
