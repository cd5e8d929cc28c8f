using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Emission;
using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Ties the placeholders of a message to parameters.</summary>
internal static class MessageParser
{
    private const string ErrorMessage = "global::Naq.Events.CompilerServices.JobEventText.ErrorMessage";

    public static ImmutableEquatableArray<MessagePartSpec>? Parse(
        IMethodSymbol method, AttributeData attribute, IReadOnlyList<ParameterSpec> parameters, Problems problems)
    {
        if (attribute.ConstructorArguments.ElementAtOrDefault(1).Value is not string { Length: > 0 } template)
            return null;

        if (MessageTemplate.Parse(template, out var error) is not { } parts)
        {
            problems.Add(Rules.MalformedTemplate, () => AttributeSyntaxes.LocateMessage(attribute), null, error);
            return null;
        }

        var message = new List<MessagePartSpec>();
        foreach (var part in parts)
        {
            if (!part.IsPlaceholder)
                message.Add(new MessagePartSpec(part.Text, false, null));
            else if (ParsePlaceholder(part, method, attribute, parameters, problems) is { } placeholder)
                message.Add(placeholder);
        }

        return message.ToImmutableEquatableArray();
    }

    private static MessagePartSpec? ParsePlaceholder(
        TemplatePart part,
        IMethodSymbol method,
        AttributeData attribute,
        IReadOnlyList<ParameterSpec> parameters,
        Problems problems)
    {
        var symbol = method.Parameters.FirstOrDefault(parameter => parameter.Name == part.Text);
        if (symbol is null)
        {
            var suggestion = NearestName.Find(
                part.Text, parameters.Where(CanBePlaceholder).Select(parameter => parameter.Name.TrimStart('@')));
            problems.Add(
                Rules.UnknownPlaceholder,
                () => AttributeSyntaxes.LocateMessage(attribute, part.Position, part.Text.Length),
                [new(Rules.Suggestion, suggestion)],
                part.Text,
                method.Name,
                suggestion is null ? "" : $"; did you mean '{{{suggestion}}}'?");
            return null;
        }

        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == CSharpText.Identifier(part.Text));
        if (parameter is null)
            return null; // The parameter itself was refused, and that is reported.

        if (!CanBePlaceholder(parameter))
        {
            problems.Add(
                Rules.UnsupportedParameter,
                () => AttributeSyntaxes.LocateMessage(attribute, part.Position, part.Text.Length),
                null,
                symbol.Name,
                $"type '{symbol.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' cannot stand in a message");
            return null;
        }

        if (part.Format is { } format && !FormatSpecifier.IsValid(parameter.Kind, format))
        {
            problems.Add(
                Rules.InvalidFormat,
                () => AttributeSyntaxes.LocateMessage(attribute, part.Position, part.Text.Length + 1 + format.Length),
                null,
                part.Text,
                format,
                symbol.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            return null;
        }

        // An exception's own text has its stack trace in it; a message wants one line.
        var value = parameter switch
        {
            { Role: ParameterRole.Exception } => $"{ErrorMessage}({parameter.Name})",
            { Redaction: not Redaction.None } => ParameterValue.Of(parameter),
            _ => PayloadCode.Text(parameter.Payload, parameter.Name),
        };
        return new MessagePartSpec(value, true, part.Format);
    }

    private static bool CanBePlaceholder(ParameterSpec parameter) =>
        parameter.Kind != ValueKind.None
        || parameter.Role == ParameterRole.Exception
        || parameter.Payload is { Text: not PayloadText.None };
}
