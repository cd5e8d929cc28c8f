using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>The expression that gives a parameter's value the type of the field it fills.</summary>
internal static class ParameterValue
{
    public static string Of(ParameterSpec parameter) => parameter switch
    {
        { Role: ParameterRole.Duration, IsNullable: true } => $"{parameter.Name}?.TotalMilliseconds",
        { Role: ParameterRole.Duration } => $"{parameter.Name}.TotalMilliseconds",
        { Role: ParameterRole.Details or ParameterRole.Metadata, IsNullable: true } => $"{parameter.Name}.GetValueOrDefault()",
        _ => parameter.Name,
    };
}
