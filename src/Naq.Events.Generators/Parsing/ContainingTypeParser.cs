using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Works out how to reopen a type, and why that may be impossible.</summary>
internal static class ContainingTypeParser
{
    /// <summary>The first type, from the inside out, that cannot be reopened, and what it would have to be.</summary>
    public static (INamedTypeSymbol Type, string Demand)? FindObstacle(INamedTypeSymbol innermost)
    {
        for (var type = innermost; type is not null; type = type.ContainingType)
        {
            if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
            {
                return (type, "a class, struct, record or interface");
            }

            if (type.IsFileLocal)
            {
                return (type, "visible outside its file");
            }

            if (!IsPartial(type))
            {
                return (type, "partial");
            }
        }

        return null;
    }

    public static ContainingTypeSpec Parse(INamedTypeSymbol innermost)
    {
        var declarations = new Stack<string>();
        var hint = new Stack<string>();
        for (var type = innermost; type is not null; type = type.ContainingType)
        {
            declarations.Push(Declaration(type));
            hint.Push(type.MetadataName);
        }

        var @namespace = innermost.ContainingNamespace is { IsGlobalNamespace: false } named
            ? named.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
                SymbolDisplayGlobalNamespaceStyle.Omitted))
            : null;

        var name = string.Join(".", hint);
        return new ContainingTypeSpec(
            @namespace,
            declarations.ToImmutableEquatableArray(),
            @namespace is null ? name : $"{@namespace.Replace("@", "")}.{name}");
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(
        reference => reference.GetSyntax() is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Declaration(INamedTypeSymbol type)
    {
        var text = new StringBuilder();
        text.Append(type.IsStatic ? "static partial " : "partial ");
        text.Append(type switch
        {
            { TypeKind: TypeKind.Interface } => "interface ",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct ",
            { TypeKind: TypeKind.Struct } => "struct ",
            { IsRecord: true } => "record ",
            _ => "class ",
        });
        text.Append(CSharpText.Identifier(type.Name));

        if (type.TypeParameters.Length > 0)
        {
            // Every part of a variant interface must repeat the variance.
            text.Append('<').Append(string.Join(", ", type.TypeParameters.Select(parameter => parameter.Variance switch
            {
                VarianceKind.In => "in ",
                VarianceKind.Out => "out ",
                _ => "",
            } + CSharpText.Identifier(parameter.Name)))).Append('>');
        }

        return text.ToString();
    }
}
