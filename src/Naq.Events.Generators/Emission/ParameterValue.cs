using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>The expression that gives a parameter's value the type of the field it fills.</summary>
internal static class ParameterValue
{
    private const string JobEventRedaction = "global::Naq.Events.CompilerServices.JobEventRedaction";

    public static string Of(ParameterSpec parameter) => parameter switch
    {
        { Redaction: Redaction.Hash } => Redacted(PayloadCode.Text(parameter.Payload, parameter.Name), Redaction.Hash),
        { Redaction: Redaction.Redact } => Redacted(parameter.Name, Redaction.Redact),
        { Role: ParameterRole.Duration, IsNullable: true } => $"{parameter.Name}?.TotalMilliseconds",
        { Role: ParameterRole.Duration } => $"{parameter.Name}.TotalMilliseconds",
        { Role: ParameterRole.Details or ParameterRole.Metadata, IsNullable: true } => $"{parameter.Name}.GetValueOrDefault()",
        { Role: ParameterRole.TagList, IsNullable: true } => $"{parameter.Name}!",
        _ => parameter.Name,
    };

    /// <summary>The value as the text that a tag is.</summary>
    public static string Text(ParameterSpec parameter) =>
        parameter.Redaction == Redaction.None ? PayloadCode.Text(parameter.Payload, Of(parameter)) : Of(parameter);

    /// <summary>What a writer or a builder needs beside the value; nothing for the text in a redacted one's place.</summary>
    public static string WriterArgument(ParameterSpec parameter) =>
        parameter.Redaction == Redaction.None ? PayloadCode.WriterArgument(parameter.Payload) : "";

    /// <summary>The text that stands in the place of a value.</summary>
    public static string Redacted(string value, Redaction redaction) => $"{JobEventRedaction}.{redaction}({value})";
}
