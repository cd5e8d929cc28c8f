using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Parsing;

/// <summary>Decides what a parameter of an event method fills.</summary>
internal static class ParameterParser
{
    public static ParameterSpec? Parse(
        IParameterSymbol parameter, JobEventMethodKind kind, PayloadGraph payloads, Problems problems)
    {
        if (parameter.Type.TypeKind == TypeKind.Error)
        {
            problems.AddSilently();
            return null;
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In))
            return Refuse(parameter, problems, "ref, out and ref readonly parameters are not supported");

        if (parameter.IsParams)
            return Refuse(parameter, problems, "params parameters are not supported");

        if (kind != JobEventMethodKind.Factory && parameter.Ordinal == 0)
            return Spec(parameter, ParameterRole.Logger);

        if (parameter.Type.Is("System.Threading", "CancellationToken"))
        {
            return kind == JobEventMethodKind.LogAsync
                ? Spec(parameter, ParameterRole.CancellationToken)
                : Refuse(parameter, problems, "only a method that returns ValueTask takes a CancellationToken, since only it waits");
        }

        if (FindTag(parameter) is { } tag)
            return ParseTag(parameter, tag, payloads, problems);

        if (parameter.Type.DerivesFromException())
            return Spec(parameter, ParameterRole.Exception, "error_type");

        if (parameter.Name == "duration" && ValueKinds.Of(parameter.Type) == ValueKind.TimeSpan)
            return Spec(parameter, ParameterRole.Duration, "duration_ms", ValueKind.TimeSpan);

        if (EventField.Find(parameter.Name) is { } field)
            return ParseField(parameter, field, kind, problems);

        var name = SnakeCase.From(parameter.Name);
        var valueKind = ValueKinds.Of(parameter.Type);
        if (valueKind != ValueKind.None)
            return Spec(parameter, ParameterRole.Detail, name, valueKind);

        return payloads.Visit(parameter.Type) is { } payload
            ? Spec(parameter, ParameterRole.Detail, name) with { Payload = payload }
            : Refuse(parameter, problems, $"type '{Display(parameter)}' is not supported as a detail: {payloads.Problem}");
    }

    private static ParameterSpec? ParseField(
        IParameterSymbol parameter, EventField field, JobEventMethodKind methodKind, Problems problems)
    {
        var kind = ValueKinds.Of(parameter.Type);
        var (fits, wanted) = field.Type switch
        {
            EventFieldType.Text => (kind == ValueKind.String, "string"),
            EventFieldType.Number => (ValueKinds.ConvertsToDouble(kind), "double, or a number that C# converts to it"),
            EventFieldType.Count => (ValueKinds.ConvertsToInt32(kind), "int, or a number that C# converts to it"),
            EventFieldType.Time => (kind == ValueKind.DateTimeOffset, "DateTimeOffset"),
            EventFieldType.Tags => (parameter.Type.IsStringDictionary(), "assignable to IReadOnlyDictionary<string, string>"),
            _ => (parameter.Type.WithoutNullable().IsJobEvents("JobEventFields"), "JobEventFields"),
        };

        if (!fits)
            return Refuse(parameter, problems, $"it fills {field.JsonName}, so it must be {wanted}, not '{Display(parameter)}'");

        // A log call never throws because of its data: the logger refuses a missing id. A constructor would throw.
        if (field.Role == ParameterRole.JobId && methodKind == JobEventMethodKind.Factory && parameter.Type.IsAnnotated())
            return Refuse(parameter, problems, "an event cannot be made without a job id, so it must be string, not 'string?'");

        return Spec(parameter, field.Role, field.JsonName, kind);
    }

    private static ParameterSpec? ParseTag(
        IParameterSymbol parameter, AttributeData tag, PayloadGraph payloads, Problems problems)
    {
        var kind = ValueKinds.Of(parameter.Type);
        var payload = kind == ValueKind.None ? payloads.Visit(parameter.Type) : null;
        if (kind == ValueKind.None && payload is not { Text: not PayloadText.None })
        {
            return Refuse(
                parameter,
                problems,
                $"type '{Display(parameter)}' is not supported as a tag, which is a text; "
                    + $"use an enum, Uri, Version, {ValueKinds.Supported}");
        }

        var name = tag.ConstructorArguments is [{ Value: string given }] ? given : SnakeCase.From(parameter.Name);
        return name.Length == 0 || name.Any(char.IsSurrogate)
            ? Refuse(parameter, problems, "the name of a tag is neither empty nor outside the basic multilingual plane")
            : Spec(parameter, ParameterRole.Tag, name, kind) with { Payload = payload };
    }

    private static AttributeData? FindTag(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsJobEvents("JobEventTagAttribute"));

    /// <summary>A parameter with its declaration as the other part of the method must repeat it.</summary>
    public static ParameterSpec Declare(IParameterSymbol parameter, ParameterRole role, string jsonName, ValueKind kind)
    {
        var name = CSharpText.Identifier(parameter.Name);
        var isReceiver = parameter is { Ordinal: 0, ContainingSymbol: IMethodSymbol { IsExtensionMethod: true } };
        var modifiers = (isReceiver ? "this " : "")
            + (parameter.RefKind == RefKind.In ? "in " : "")
            + (parameter.IsParams ? "params " : "");
        return new ParameterSpec(
            name, $"{modifiers}{CSharpText.Type(parameter.Type)} {name}", role, jsonName, kind, parameter.Type.IsAnnotated());
    }

    private static ParameterSpec Spec(
        IParameterSymbol parameter, ParameterRole role, string jsonName = "", ValueKind kind = ValueKind.None) =>
        Declare(parameter, role, jsonName, kind);

    private static ParameterSpec? Refuse(IParameterSymbol parameter, Problems problems, string why)
    {
        problems.Add(Rules.UnsupportedParameter, parameter, parameter.Name, why);
        return null;
    }

    private static string Display(IParameterSymbol parameter) =>
        parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
