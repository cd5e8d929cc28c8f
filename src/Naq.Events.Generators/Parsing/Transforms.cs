using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>From an attribute's target to a model that holds nothing of the compilation.</summary>
internal static class Transforms
{
    public static JobEventMethodSpec? JobEventMethod(GeneratorAttributeSyntaxContext source) =>
        source.TargetSymbol is IMethodSymbol method
            ? JobEventMethodParser.Parse(method, source.Attributes[0], Problems.Unreported())
            : null;

    /// <summary>A class that asks for a table of what it inherits.</summary>
    public static HandlerCandidateSpec? DerivedHandler(GeneratorAttributeSyntaxContext source) =>
        source.TargetSymbol is INamedTypeSymbol type && HandlerTypeParser.Parse(type, Problems.Unreported()) is { } spec
            ? new HandlerCandidateSpec(spec, "", -1, null)
            : null;

    public static HandlerCandidateSpec? Handler(GeneratorAttributeSyntaxContext source) => source.TargetSymbol switch
    {
        IMethodSymbol method => HandlerParser.ParseMethod(method, source.Attributes, Problems.Unreported()),
        INamedTypeSymbol type => HandlerParser.ParseClass(type, source.Attributes, Problems.Unreported()),
        _ => null,
    };
}
