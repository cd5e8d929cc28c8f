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

        if (kind != JobEventMethodKind.Factory && parameter.Ordinal == 0)
            return Spec(parameter, ParameterRole.Logger);

        if (parameter.Type.Is("System.Threading", "CancellationToken"))
        {
            return kind == JobEventMethodKind.LogAsync
                ? Spec(parameter, ParameterRole.CancellationToken)
                : Refuse(parameter, problems, "only a method that returns ValueTask takes a CancellationToken, since only it waits");
        }

        return ParseValue(parameter, kind, payloads, problems) is { } spec ? Redactions.Apply(parameter, spec, problems) : null;
    }

    private static ParameterSpec? ParseValue(
        IParameterSymbol parameter, JobEventMethodKind kind, PayloadGraph payloads, Problems problems)
    {
        if (parameter.IsParams)
        {
            return TagLists.IsTagList(parameter.Type)
                ? Spec(parameter, ParameterRole.TagList, "tags") with { IsNullable = TagLists.AllowsNull(parameter.Type) }
                : Refuse(parameter, problems, $"a params parameter holds tags, so it must be {TagLists.Supported}");
        }

        var overrides = ParameterOverride.FindAll(parameter);
        if (overrides.Count > 0)
            return ParseOverrides(parameter, overrides, kind, payloads, problems);

        if (parameter.Type.DerivesFromException())
            return Spec(parameter, ParameterRole.Exception, "error_type");

        if (parameter.Name == "duration" && ValueKinds.Of(parameter.Type) == ValueKind.TimeSpan)
            return Spec(parameter, ParameterRole.Duration, "duration_ms", ValueKind.TimeSpan);

        if (EventField.Find(parameter.Name) is { } field)
            return ParseField(parameter, field, kind, problems);

        return ParseEntry(parameter, ParameterRole.Detail, SnakeCase.From(parameter.Name), payloads, problems);
    }

    private static ParameterSpec? ParseOverrides(
        IParameterSymbol parameter,
        IReadOnlyList<ParameterOverride> overrides,
        JobEventMethodKind kind,
        PayloadGraph payloads,
        Problems problems)
    {
        if (overrides.Count > 1)
            return Refuse(parameter, problems, "it can fill one thing only, and its attributes name several");

        var given = overrides[0];
        if (given.Problem is not null)
            return Refuse(parameter, problems, given.Problem);

        if (given.Field is not { } field)
            return ParseEntry(parameter, given.Role, given.JsonNameOf(parameter), payloads, problems);

        return field.Role == ParameterRole.DurationMs && ValueKinds.Of(parameter.Type) == ValueKind.TimeSpan
            ? Spec(parameter, ParameterRole.Duration, field.JsonName, ValueKind.TimeSpan)
            : ParseField(parameter, field, kind, problems);
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

    private static ParameterSpec? ParseEntry(
        IParameterSymbol parameter, ParameterRole role, string name, PayloadGraph payloads, Problems problems)
    {
        var noun = role switch
        {
            ParameterRole.Tag => "a tag",
            ParameterRole.MetadataEntry => "an entry of metadata",
            _ => "a detail",
        };
        var kind = ValueKinds.Of(parameter.Type);
        var payload = kind == ValueKind.None ? payloads.Visit(parameter.Type) : null;
        var fits = kind != ValueKind.None || (role == ParameterRole.Tag ? payload is { Text: not PayloadText.None } : payload is not null);
        if (!fits && role == ParameterRole.Tag)
        {
            return Refuse(
                parameter,
                problems,
                $"type '{Display(parameter)}' is not supported as a tag, which is a text; use an enum, Uri, Version, {ValueKinds.Supported}");
        }

        if (!fits)
        {
            problems.AddUnsupported(
                Rules.UnsupportedParameter, parameter, payloads, $"type '{Display(parameter)}' is not supported as {noun}");
            return null;
        }

        return name.Length == 0 || name.Any(char.IsSurrogate)
            ? Refuse(parameter, problems, $"the name of {noun} is neither empty nor outside the basic multilingual plane")
            : Spec(parameter, role, name, kind) with { Payload = payload };
    }

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
