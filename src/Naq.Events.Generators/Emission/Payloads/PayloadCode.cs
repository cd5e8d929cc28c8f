using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission.Payloads;

/// <summary>Prints the calls that write and read a value.</summary>
internal static class PayloadCode
{
    public const string Services = "global::Naq.Events.CompilerServices.";

    private const string Json = Services + "JobEventJson";

    /// <summary>The call that writes a value within a payload's <c>Write</c>.</summary>
    public static string Write(PayloadRefSpec use, string value) => use.Source switch
    {
        PayloadSource.Runtime => $"writer.Value({value});",
        PayloadSource.Generated => $"{use.Code}.Write(ref writer, {value});",
        _ => $"writer.Value({value}, {TypeInfo(use)});",
    };

    /// <summary>The expression that reads a value within a payload's <c>Read</c>.</summary>
    public static string Read(PayloadRefSpec use) => use.Source == PayloadSource.Context
        ? $"{Json}.Read<{use.Type}>(ref reader, {use.Code}.Default)"
        : $"{Reader(use, "JobEventValueReader.")}(ref reader)";

    /// <summary>What a writer or a builder needs beside the value, to write it as a detail.</summary>
    public static string WriterArgument(PayloadRefSpec? use) => use switch
    {
        null or { Source: PayloadSource.Runtime } => "",
        { Source: PayloadSource.Generated } => $", {use.Code}.Write",
        _ => $", {TypeInfo(use)}",
    };

    /// <summary>What the binder needs to read a parameter.</summary>
    public static string ReaderArgument(PayloadRefSpec use) => use.Source == PayloadSource.Context ? TypeInfo(use)
        : Reader(use, Services + "JobEventValueReader.");

    /// <summary>A value as text, in tags and messages.</summary>
    public static string Text(PayloadRefSpec? use, string value) => use?.Text switch
    {
        PayloadText.EnumName => $"{use.Code}.NameOf({value})",
        PayloadText.OriginalString => $"{value}?.OriginalString",
        PayloadText.ToString => $"{value}?.ToString()",
        _ => value,
    };

    private static string Reader(PayloadRefSpec use, string runtime) => use.Source switch
    {
        PayloadSource.Runtime => runtime + use.Code,
        _ => use.Code + (use.IsNullableValueType ? ".ReadOrNull" : ".Read"),
    };

    private static string TypeInfo(PayloadRefSpec use) => $"{Json}.TypeInfo<{use.Type}>({use.Code}.Default)";
}
