using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Parsing;

/// <summary>Recognises the type of a <c>params</c> parameter that holds tags: pairs of strings.</summary>
internal static class TagLists
{
    public const string Supported = "ReadOnlySpan<(string Name, string Value)>, or an array of such pairs";

    public static bool IsTagList(ITypeSymbol type) => PairOf(type) is not null;

    /// <summary>Whether the values, or the list itself, may be null.</summary>
    public static bool AllowsNull(ITypeSymbol type) =>
        type.IsAnnotated() || PairOf(type)?.TupleElements[1].Type.IsAnnotated() == true;

    private static INamedTypeSymbol? PairOf(ITypeSymbol type)
    {
        var element = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments: [var argument] } span
                when span.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } => argument,
            _ => null,
        };

        return element is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: 2 } pair } tuple
            && pair.All(part => part.Type.SpecialType == SpecialType.System_String)
                ? tuple
                : null;
    }
}
