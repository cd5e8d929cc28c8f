using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.Generators.Parsing;

/// <summary>What only the syntax of a method says.</summary>
internal static class MethodDeclarations
{
    private const string GeneratorName = "Naq.Events.Generators";

    /// <summary>The modifiers as they are written: both parts of a partial method must have the same.</summary>
    public static string? Modifiers(IMethodSymbol method) =>
        Find(method) is { } declaration ? string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)) : null;

    public static bool IsPartial(IMethodSymbol method) => Find(method)?.Modifiers.Any(SyntaxKind.PartialKeyword) == true;

    public static bool HasAccessModifier(IMethodSymbol method) =>
        Find(method)?.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())) == true;

    /// <summary>Whether a person wrote the other part. The analyzer sees the one that was generated; the generator never does.</summary>
    public static bool HasBodyOfItsOwn(IMethodSymbol method) =>
        method.PartialImplementationPart is not null
        && !method.GetAttributes().Concat(method.PartialImplementationPart.GetAttributes()).Any(attribute =>
            attribute.AttributeClass is { Name: "GeneratedCodeAttribute" }
            && attribute.ConstructorArguments is [{ Value: GeneratorName }, ..]);

    private static MethodDeclarationSyntax? Find(IMethodSymbol method) => method.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault();
}
