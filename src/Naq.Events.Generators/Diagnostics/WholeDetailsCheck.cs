using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Holds the members of a handler parameter that takes all details against the declarations.</summary>
/// <remarks>
/// A member that may do without a value is let be when no declaration has it: one record may serve several events.
/// </remarks>
internal static class WholeDetailsCheck
{
    public static void Report(
        SymbolAnalysisContext context,
        IParameterSymbol parameter,
        HandlerArgumentSpec argument,
        PayloadGraph payloads,
        IReadOnlyList<EventShapeSpec> shapes,
        string handled)
    {
        var type = parameter.Type.WithoutNullable();
        if (payloads.Payloads.FirstOrDefault(payload => payload.Type == PayloadNames.TypeOf(type)) is not { } payload)
            return;

        // Without any details the parameter is null, or has its default.
        var read = argument.Absence == HandlerArgumentAbsence.Throws ? shapes : [.. shapes.Where(HasDetails)];
        var members = ObjectMember.Of(type, payload)
            .Where(member => member.Spec.Setting != PayloadSetting.None)
            .Select(member => (member.Symbol, member.Spec, Contract: HandlerContract.OfMember(member.Spec, read)))
            .ToList();
        if (members.Count == 0)
            return;

        if (members.All(member => member.Contract is { IsCarried: false, IsOpen: false }))
        {
            var hint = $", nor a member of '{PayloadGraph.Display(type)}'";
            Report(context, ContractRules.UncarriedParameter, parameter, null, handled, argument.JsonName, hint);
            return;
        }

        var carried = new HashSet<string>(
            members.Where(member => member.Contract.IsCarried).Select(member => member.Spec.JsonName), StringComparer.Ordinal);
        foreach (var (symbol, member, contract) in members)
        {
            var needsValue = member.IsRequired || (member.Setting == PayloadSetting.Constructed && NeedsArgument(symbol));
            var near = contract.IsCarried ? null : Near(member, contract, carried);
            if (near is not null || (needsValue && contract is { IsCarried: false, IsOpen: false }))
            {
                var hint = near is null ? "" : $"; did you mean '{near}'?";
                Report(context, ContractRules.UncarriedParameter, parameter, symbol, handled, member.JsonName, hint);
            }
            else if (contract.Mismatch is { } mismatch)
            {
                Report(
                    context, ContractRules.MismatchedParameter, parameter, symbol,
                    mismatch.Event, member.JsonName, mismatch.Field.Type, member.Value.WireType);
            }
            else if (needsValue && contract.MissingIn is { } missing)
            {
                var advice = member.IsRequired ? "do not require it" : ContractRules.MakeItNullable;
                Report(context, ContractRules.OptionalParameter, parameter, symbol, missing, member.JsonName, advice);
            }
        }
    }

    private static bool HasDetails(EventShapeSpec shape) => shape.Fields.Any(
        field => field.Path == EventShapeParser.Details || EventFieldPath.Split(field.Path).Place == "Details");

    // The field that was meant is none that another member has.
    private static string? Near(PayloadMemberSpec member, HandlerContract contract, HashSet<string> carried) =>
        CamelCase.FromSnakeCase(member.JsonName) is { } name && contract.Suggest(name) is { } near
        && !carried.Contains(SnakeCase.From(near))
            ? near
            : null;

    // Absent, it would be what its type says it never is: null, or a zero that nobody wrote.
    private static bool NeedsArgument(ISymbol member)
    {
        var type = ObjectMember.TypeOf(member);
        return !type.IsAnnotated()
            && type is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None }
            && member.ContainingType.InstanceConstructors
                .SelectMany(constructor => constructor.Parameters)
                .Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))
                .All(parameter => !parameter.HasExplicitDefaultValue);
    }

    private static void Report(
        SymbolAnalysisContext context,
        DiagnosticDescriptor rule,
        IParameterSymbol parameter,
        ISymbol? member,
        params object?[] arguments)
    {
        // Where it can be made nullable, a fix goes there.
        var declared = arguments.Contains(ContractRules.MakeItNullable)
            ? member?.Locations.FirstOrDefault(location => location.IsInSource)
            : null;
        context.ReportDiagnostic(Diagnostic.Create(
            rule,
            parameter.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None,
            declared is null ? null : [declared],
            member is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(Rules.Member, member.Name),
            [member is null ? parameter.Name : $"{parameter.Name}.{member.Name}", .. arguments]));
    }
}
