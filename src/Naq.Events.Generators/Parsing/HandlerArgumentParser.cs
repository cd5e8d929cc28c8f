using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Parsing;

/// <summary>Decides where the value of a handler's parameter comes from.</summary>
internal static class HandlerArgumentParser
{
    public static HandlerArgumentSpec? Parse(IParameterSymbol parameter, PayloadGraph payloads, Problems problems)
    {
        var type = parameter.Type;
        if (type.TypeKind == TypeKind.Error)
        {
            problems.AddSilently();
            return null;
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In) || parameter.IsParams)
            return Refuse(parameter, problems, "ref, out, ref readonly and params parameters cannot be bound");

        if (HandlerServiceParser.IsService(parameter))
            return HandlerServiceParser.Parse(parameter, problems);

        if (type.IsJobEvents("JobEvent"))
            return new HandlerArgumentSpec(HandlerArgumentSource.Event);

        if (type.IsJobEvents("JobEventContext"))
            return new HandlerArgumentSpec(HandlerArgumentSource.Context);

        if (type.Is("System.Threading", "CancellationToken"))
            return new HandlerArgumentSpec(HandlerArgumentSource.CancellationToken);

        if (type.IsJobEvents("JobEventType"))
            return new HandlerArgumentSpec(HandlerArgumentSource.Property, "EventType");

        var kind = ValueKinds.Of(type);
        var given = ParameterOverride.FindAll(parameter) is [var only] ? only : null;
        if (given is { Field: null, Problem: null })
            return ParseEntry(parameter, given.JsonNameOf(parameter), kind, payloads, problems);

        if (given?.Problem is { } problem)
            return Refuse(parameter, problems, problem);

        if (parameter.Name == "eventName" && kind == ValueKind.String)
            return new HandlerArgumentSpec(HandlerArgumentSource.Property, "EventName");

        var isDuration = given is null ? parameter.Name == "duration" : given.Role == ParameterRole.DurationMs;
        if (isDuration && kind == ValueKind.TimeSpan)
            return WithAbsence(parameter, new HandlerArgumentSpec(HandlerArgumentSource.Duration, JsonName: "duration_ms"));

        if ((given?.Field ?? EventField.Find(parameter.Name)) is { } field)
            return ParseField(parameter, field, kind, problems);

        return ParseEntry(parameter, SnakeCase.From(parameter.Name), kind, payloads, problems);
    }

    private static HandlerArgumentSpec? ParseEntry(
        IParameterSymbol parameter, string name, ValueKind kind, PayloadGraph payloads, Problems problems) => kind == ValueKind.None
        ? ParsePayload(parameter, name, payloads, problems)
        : WithAbsence(parameter, new HandlerArgumentSpec(HandlerArgumentSource.Entry, JsonName: name, Kind: kind));

    private static HandlerArgumentSpec? ParseField(
        IParameterSymbol parameter, EventField field, ValueKind kind, Problems problems)
    {
        var (fits, wanted) = field.Type switch
        {
            EventFieldType.Text => (kind == ValueKind.String, "string"),
            EventFieldType.Number => (kind == ValueKind.Double, "double"),
            EventFieldType.Count => (ValueKinds.ConvertsFromInt32(kind), "int, or a number that C# converts int to"),
            EventFieldType.Time => (kind == ValueKind.DateTimeOffset, "DateTimeOffset"),
            EventFieldType.Tags => (parameter.Type.IsTheStringDictionary(), "IReadOnlyDictionary<string, string>"),
            _ => (parameter.Type.WithoutNullable().IsJobEvents("JobEventFields"), "JobEventFields"),
        };

        if (!fits)
        {
            return Refuse(
                parameter, problems, $"it is bound to {field.JsonName}, so it must be {wanted}, not '{Display(parameter.Type)}'");
        }

        var property = field.Role.ToString();
        return IsAlwaysPresent(field.Role)
            ? new HandlerArgumentSpec(HandlerArgumentSource.Property, property)
            : WithAbsence(parameter, new HandlerArgumentSpec(HandlerArgumentSource.OptionalProperty, property, field.JsonName));
    }

    private static HandlerArgumentSpec? ParsePayload(IParameterSymbol parameter, string name, PayloadGraph payloads, Problems problems)
    {
        if (payloads.Visit(parameter.Type) is not { } payload)
        {
            problems.AddUnsupported(
                Rules.UnsupportedHandlerParameter, parameter, payloads, $"type '{Display(parameter.Type)}' cannot be bound");
            return null;
        }

        var argument = WithAbsence(parameter, new HandlerArgumentSpec(
            payload.IsObject ? HandlerArgumentSource.EntryOrDetails : HandlerArgumentSource.Entry,
            JsonName: name,
            Payload: payload));
        var isPlainValueType = payload is { IsValueType: true, IsNullableValueType: false };
        if (argument.Absence != HandlerArgumentAbsence.IsDefault || !isPlainValueType)
            return argument;

        // Whether there is one must be told from the default of the type.
        return payloads.VisitNullable(parameter.Type) is { } nullable
            ? argument with { Payload = nullable, Default = PayloadNames.ConstantOf(parameter) }
            : Refuse(
                parameter, problems, $"type '{Display(parameter.Type)}' is read by a serializer context, so it has no default value");
    }

    private static bool IsAlwaysPresent(ParameterRole role) =>
        role is ParameterRole.JobId or ParameterRole.Timestamp or ParameterRole.Tags
            or ParameterRole.Details or ParameterRole.Metadata;

    private static HandlerArgumentSpec WithAbsence(IParameterSymbol parameter, HandlerArgumentSpec argument)
    {
        if (parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is { } value)
            return argument with { Absence = HandlerArgumentAbsence.IsDefault, Default = CSharpText.Constant(value) };

        // Without nullable annotations nothing says that a reference may not be null.
        if (parameter.Type.IsAnnotated() || parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None })
            return argument with { Absence = HandlerArgumentAbsence.IsNull };

        return parameter.HasExplicitDefaultValue
            ? argument with
            {
                Absence = HandlerArgumentAbsence.IsDefault,
                Default = parameter.Type.IsReferenceType ? "null!" : "default",
            }
            : argument;
    }

    private static HandlerArgumentSpec? Refuse(IParameterSymbol parameter, Problems problems, string why)
    {
        problems.Add(Rules.UnsupportedHandlerParameter, parameter, parameter.Name, why);
        return null;
    }

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
