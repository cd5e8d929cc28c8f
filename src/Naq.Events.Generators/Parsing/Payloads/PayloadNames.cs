using System.Globalization;
using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>
/// Names the classes that are generated for payload types. A name follows from the type alone, so that a caller in one file and
/// the class in another agree without a step of the pipeline that would have to see both.
/// </summary>
internal static class PayloadNames
{
    private const string Root = "Naq.Events.Payloads";

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type without annotations: with them and without them it is one type.</summary>
    public static string TypeOf(ITypeSymbol type) => type.ToDisplayString(Format);

    /// <summary>The namespace of the class: that of the type, or of the first type of the application's it is made of.</summary>
    public static string NamespaceOf(ITypeSymbol type) =>
        Parts(type).Select(Namespace).FirstOrDefault(name => name is not null) is { } name ? $"{Root}.{name}" : Root;

    public static string NameOf(ITypeSymbol type)
    {
        var name = SimpleName(type);
        var namespaces = Parts(type).Select(Namespace).Where(part => part is not null).Distinct(StringComparer.Ordinal).Count();

        // Two types may have one simple name each when their parts come from several namespaces, or are nested.
        return namespaces > 1 || (name.IndexOf('_') >= 0 && Parts(type).Any(part => part.Name.IndexOf('_') >= 0))
            ? $"{name}_{Hash(TypeOf(type))}"
            : name;
    }

    private static string SimpleName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => "ArrayOf" + SimpleName(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            "Nullable" + SimpleName(nullable.TypeArguments[0]),
        INamedTypeSymbol named =>
            (named.ContainingType is null ? "" : SimpleName(named.ContainingType) + "_")
            + named.Name
            + (named.TypeArguments.IsEmpty ? "" : "Of" + string.Join("And", named.TypeArguments.Select(SimpleName))),
        _ => type.Name,
    };

    private static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Prepend(named),
        _ => [],
    };

    private static string? Namespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } named && !IsOfTheFramework(type)
            ? named.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
                SymbolDisplayGlobalNamespaceStyle.Omitted))
            : null;

    /// <summary>Whether a type belongs to the framework: its members are no payload, whatever they are.</summary>
    public static bool IsOfTheFramework(ITypeSymbol type)
    {
        var outermost = type.ContainingNamespace;
        while (outermost is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            outermost = outermost.ContainingNamespace;

        return outermost is { Name: "System" or "Microsoft" };
    }

    /// <summary>The default value of a parameter, as an expression of its type.</summary>
    public static string ConstantOf(IParameterSymbol parameter) =>
        !parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is null ? "default"
            : parameter.Type.WithoutNullable() is { TypeKind: TypeKind.Enum } type
                ? $"({TypeOf(type)})({CSharpText.Constant(parameter.ExplicitDefaultValue)})"
                : CSharpText.Constant(parameter.ExplicitDefaultValue);

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619);

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
