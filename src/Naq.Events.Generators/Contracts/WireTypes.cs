using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>The types of an event method's parameters as declarations and baselines name them.</summary>
internal static class WireTypes
{
    /// <summary>The type of a detail, a tag or an entry of metadata; in a redacted one's place stands a text.</summary>
    public static string Of(ParameterSpec parameter) => parameter.Redaction == Redaction.None && parameter.Payload is { } payload
        ? payload.WireType
        : WireType.Of(parameter.Kind);

    /// <summary>The type that a handler's parameter reads.</summary>
    public static string Of(HandlerArgumentSpec argument) => argument.Payload?.WireType ?? WireType.Of(argument.Kind);

    /// <summary>The type of a field of the event: whatever the parameter is, the event has it as this.</summary>
    public static string OfField(ParameterRole role) => role switch
    {
        ParameterRole.DurationMs or ParameterRole.Duration or ParameterRole.MemoryMb or ParameterRole.CpuTimeMs => "double",
        ParameterRole.Attempt => "int",
        _ => WireType.String,
    };
}
