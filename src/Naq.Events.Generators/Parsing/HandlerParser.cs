using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads methods and classes with <c>[OnJobEvent]</c>.</summary>
internal static class HandlerParser
{
    public const string AttributeName = "Naq.Events.OnJobEventAttribute";

    public const string MarkerName = "Naq.Events.JobEventHandlersAttribute";

    public static HandlerCandidateSpec? ParseMethod(
        IMethodSymbol method, IEnumerable<AttributeData> attributes, Problems problems) =>
        HandlerTypeParser.Parse(method.ContainingType, problems) is { } type
            ? Candidate(type, method, attributes, problems)
            : null;

    public static HandlerCandidateSpec? ParseClass(
        INamedTypeSymbol type, IEnumerable<AttributeData> attributes, Problems problems)
    {
        var method = FindHandleMethod(type, problems);
        return method is not null && HandlerTypeParser.Parse(type, problems) is { } spec
            ? Candidate(spec, method, attributes, problems)
            : null;
    }

    /// <summary>The one method that a class with the attribute must have.</summary>
    public static IMethodSymbol? FindHandleMethod(INamedTypeSymbol type, Problems problems)
    {
        var methods = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method is { MethodKind: MethodKind.Ordinary, Name: "HandleAsync" or "Handle" })
            .ToList();
        if (methods.Count == 1)
            return methods[0];

        problems.Add(Rules.NoHandleMethod, type, type.Name, methods.Count == 0 ? "none" : $"{methods.Count}");
        return null;
    }

    /// <summary>Reads a method without asking whether its class can have a table.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attributes">Its attributes, and those of its class that are for it.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="caller">The class whose table calls it, in whose assembly payloads are read; its own by default.</param>
    public static HandlerMethodSpec? ParseMethodOnly(
        IMethodSymbol method, IEnumerable<AttributeData> attributes, Problems problems, INamedTypeSymbol? caller = null)
    {
        var filters = attributes.Select(attribute => new HandlerFilterSpec(
            EventNameParser.ParseAll(attribute, problems).ToImmutableEquatableArray(),
            HandlerFilterParser.Parse(attribute, problems))).ToList();

        var policy = HandlerPolicyParser.Parse(method, problems);
        var result = ParseReturn(method, problems);
        var payloads = new PayloadGraph((ISymbol?)caller ?? method);
        var arguments = method.Parameters
            .Select(parameter => HandlerArgumentParser.Parse(parameter, payloads, problems)).ToList();
        if (problems.Any || result is null)
            return null;

        return new HandlerMethodSpec
        {
            Name = CSharpText.Identifier(method.Name),
            IsStatic = method.IsStatic,
            Return = result.Value,
            Arguments = arguments.OfType<HandlerArgumentSpec>().ToImmutableEquatableArray(),
            Filters = filters.ToImmutableEquatableArray(),
            Policy = policy,
            Payloads = payloads.Payloads.ToImmutableEquatableArray(),
        };
    }

    public static List<AttributeData> AttributesOf(ISymbol symbol) =>
        [.. symbol.GetAttributes().Where(attribute => attribute.AttributeClass.IsJobEvents("OnJobEventAttribute"))];

    /// <summary>What tells a method from others of its class.</summary>
    public static string Signature(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", method.Parameters.Select(parameter => CSharpText.Type(parameter.Type)))})";

    private static HandlerCandidateSpec? Candidate(
        HandlerTypeSpec type, IMethodSymbol method, IEnumerable<AttributeData> attributes, Problems problems)
    {
        if (ParseMethodOnly(method, attributes, problems) is not { } spec)
            return null;

        return new HandlerCandidateSpec(
            type,
            Signature(method),
            method.ContainingType.GetMembers().IndexOf(method.PartialDefinitionPart ?? method, 0, SymbolEqualityComparer.Default),
            spec);
    }

    private static HandlerReturn? ParseReturn(IMethodSymbol method, Problems problems)
    {
        if (method.ReturnType.TypeKind == TypeKind.Error)
        {
            problems.AddSilently();
            return null;
        }

        if (method.MethodKind != MethodKind.Ordinary)
            return Refuse("must be an ordinary method");

        if (method.IsGenericMethod)
            return Refuse("cannot have type parameters");

        if (method.ReturnsVoid)
        {
            return method is { IsAsync: true }
                ? Refuse("is async void, so nobody could await it or see it fail; return Task or ValueTask")
                : HandlerReturn.Void;
        }

        if (method.ReturnType.Is("System.Threading.Tasks", "Task"))
            return HandlerReturn.Task;

        return method.ReturnType.Is("System.Threading.Tasks", "ValueTask")
            ? HandlerReturn.ValueTask
            : Refuse("must return void, Task or ValueTask");

        HandlerReturn? Refuse(string why)
        {
            problems.Add(Rules.WrongHandler, method, method.Name, why);
            return null;
        }
    }
}
