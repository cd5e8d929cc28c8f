using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>The expression that gives a parameter's value the type of the field it fills.</summary>
internal static class ParameterValue
{
    private const string JobEventRedaction = "global::Naq.Events.CompilerServices.JobEventRedaction";

    public static string Of(ParameterSpec parameter) => parameter switch
    {
        { Redaction: not Redaction.None } => Redacted(parameter.Name, parameter.Redaction),
        { Role: ParameterRole.Duration, IsNullable: true } => $"{parameter.Name}?.TotalMilliseconds",
        { Role: ParameterRole.Duration } => $"{parameter.Name}.TotalMilliseconds",
        { Role: ParameterRole.Details or ParameterRole.Metadata, IsNullable: true } => $"{parameter.Name}.GetValueOrDefault()",
        { Role: ParameterRole.TagList, IsNullable: true } => $"{parameter.Name}!",
        _ => parameter.Name,
    };

    /// <summary>The text that stands in the place of a value.</summary>
    public static string Redacted(string value, Redaction redaction) => $"{JobEventRedaction}.{redaction}({value})";
}
