using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Helpers;

/// <summary>Recognises types by name, so that no transform needs to look anything up in the compilation.</summary>
internal static class SymbolNames
{
    public static bool Is(this ITypeSymbol? type, string @namespace, string name) =>
        type is INamedTypeSymbol { ContainingType: null, IsGenericType: false }
        && type.Name == name
        && IsNamespace(type.ContainingNamespace, @namespace);

    public static bool IsJobEvents(this ITypeSymbol? type, string name) => type.Is("Naq.Events", name);

    public static bool IsSystem(this ITypeSymbol? type, string name) => type.Is("System", name);

    public static bool DerivesFromException(this ITypeSymbol type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.IsSystem("Exception"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type is, or implements, <c>IReadOnlyDictionary&lt;string, string&gt;</c>.</summary>
    public static bool IsStringDictionary(this ITypeSymbol type) =>
        IsTheStringDictionary(type) || type.AllInterfaces.Any(IsTheStringDictionary);

    public static bool IsTheStringDictionary(this ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "IReadOnlyDictionary", TypeArguments.Length: 2 } named
        && IsNamespace(named.ContainingNamespace, "System.Collections.Generic")
        && named.TypeArguments.All(argument => argument.SpecialType == SpecialType.System_String);

    public static bool IsAnnotated(this ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    private static bool IsNamespace(INamespaceSymbol? symbol, string name)
    {
        var end = name.Length;
        while (symbol is { IsGlobalNamespace: false })
        {
            var start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, symbol.Name, 0, symbol.Name.Length) != 0)
            {
                return false;
            }

            symbol = symbol.ContainingNamespace;
            if (start == 0)
            {
                return symbol is { IsGlobalNamespace: true };
            }

            if (name[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }
}
