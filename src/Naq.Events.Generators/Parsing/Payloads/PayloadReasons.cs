using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Says why no class can be generated for a type, apart from its members.</summary>
internal static class PayloadReasons
{
    public static string? WhyNotGenerated(ITypeSymbol type, PayloadGraph graph)
    {
        if (CollectionTypes.Find(type) is not null)
            return null;

        return type switch
        {
            IArrayTypeSymbol => "only arrays of one dimension are written",
            { TypeKind: TypeKind.TypeParameter } => "it is a type parameter, so nothing is known of its members",
            { TypeKind: TypeKind.Dynamic } => "its members are known only at run time",
            { TypeKind: TypeKind.Error } => "it does not exist",
            { IsTupleType: true } => "a tuple does not keep the names of its members; make it a record",
            { SpecialType: SpecialType.System_Object } => "nothing is known of its members",
            { IsRefLikeType: true } => "it is a ref struct, which cannot be kept",
            { TypeKind: not TypeKind.Enum } when PayloadNames.IsOfTheFramework(type) =>
                "it belongs to the framework and is none of the types known here",
            { TypeKind: TypeKind.Interface } => "it is an interface, so nothing says what to read",
            { IsAbstract: true } => "it is abstract or static, so nothing says what to read",
            { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum) } => "it is no type of data",
            INamedTypeSymbol { IsFileLocal: true } => "it is visible only in its file",
            INamedTypeSymbol named when !IsAccessible(named, graph.Assembly) =>
                "it is not visible throughout its assembly; make it, and the types around it, internal or public",
            _ when type.DerivesFromException() => "it is an exception",
            _ when HasTypeParameter(type) => "one of its type arguments is a type parameter",
            _ when type.AllInterfaces.Any(IsEnumerable) => "it is a collection of its own kind",
            _ when JsonAttributes.FindUnsupported(type) is { } attribute =>
                $"it has {attribute}, which only System.Text.Json honours",
            _ => null,
        };
    }

    /// <summary>Whether a type, with those around it, can be named in another file of the assembly.</summary>
    public static bool IsAccessible(INamedTypeSymbol type, IAssemblySymbol from)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (!IsAccessible((ISymbol)current, from))
                return false;
        }

        return type.TypeArguments.All(argument => argument is not INamedTypeSymbol named || IsAccessible(named, from));
    }

    /// <summary>Whether a symbol's own accessibility lets the assembly in.</summary>
    public static bool IsAccessible(ISymbol symbol, IAssemblySymbol from) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, from)
            || symbol.ContainingAssembly.GivesAccessTo(from),
        _ => false,
    };

    private static bool HasTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => HasTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasTypeParameter)
            || (named.ContainingType is not null && HasTypeParameter(named.ContainingType)),
        _ => false,
    };

    private static bool IsEnumerable(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable;
}
