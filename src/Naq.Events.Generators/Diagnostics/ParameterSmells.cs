using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Reports what a right declaration hardly means.</summary>
internal static class ParameterSmells
{
    public static void Report(IMethodSymbol method, JobEventMethodSpec spec, Problems problems)
    {
        foreach (var symbol in method.Parameters)
        {
            var parameter = spec.Parameters[symbol.Ordinal];
            ReportAlmostAField(symbol, parameter, spec, problems);
            ReportSecret(symbol, parameter, problems);
            if (parameter is { Payload: not null, Redaction: Redaction.None })
                ReportSecretMembers(symbol, spec, problems);
        }

        if (spec.Message is not null
            && spec.Find(ParameterRole.Message) is { IsNullable: false } message
            && method.Parameters[spec.Parameters.IndexOf(message)] is var given
            && given.NullableAnnotation == NullableAnnotation.NotAnnotated)
        {
            problems.Add(Rules.UnusedTemplate, given, method.Name, given.Name);
        }
    }

    private static void ReportAlmostAField(
        IParameterSymbol symbol, ParameterSpec parameter, JobEventMethodSpec spec, Problems problems)
    {
        if (parameter.Role != ParameterRole.Detail
            || ParameterOverride.FindAll(symbol).Count > 0
            || EventField.FindAlmost(symbol.Name) is not { } field
            || spec.Find(field.Role) is not null)
            return;

        problems.AddWithFix(
            Rules.AlmostAField,
            symbol,
            $"JobEventField(JobEventFieldName.{field.Role})|JobEventDetail",
            symbol.Name,
            parameter.JsonName,
            field.Parameter,
            field.JsonName);
    }

    private static void ReportSecret(IParameterSymbol symbol, ParameterSpec parameter, Problems problems)
    {
        // Numbers, dates and flags of that name are about a secret: how many tokens, whether there is a password.
        if (parameter is not { Kind: ValueKind.String, Redaction: Redaction.None })
            return;

        if (SecretNames.IsSecret(symbol.Name) || SecretNames.IsSecret(parameter.JsonName))
            problems.AddWithFix(Rules.VisibleSecret, symbol, "Redact|Hash", $"Parameter '{symbol.Name}'");
    }

    private static void ReportSecretMembers(IParameterSymbol symbol, JobEventMethodSpec spec, Problems problems)
    {
        foreach (var member in SecretMembers.In(symbol, spec))
        {
            // A type of another assembly cannot be changed here: then the whole value is what can be kept out.
            var declared = member.Locations.FirstOrDefault(location => location.IsInSource);
            problems.AddWithFix(
                Rules.VisibleSecret,
                symbol,
                declared is null ? "Redact" : "Redact|Hash",
                declared,
                $"Member '{member.ContainingType.Name}.{member.Name}' of parameter '{symbol.Name}'");
        }
    }
}
