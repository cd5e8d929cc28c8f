using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>The namespace for what belongs to an assembly as a whole: its project's root namespace, or its name.</summary>
internal static class RootNamespace
{
    public static string? Of(AnalyzerConfigOptionsProvider options, string? assemblyName)
    {
        if (options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root) && IsNamespace(root))
            return root;

        return assemblyName is null ? null : string.Join(".", assemblyName.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Identifier));
    }

    private static bool IsNamespace(string text) =>
        text.Length > 0 && text.Split('.').All(part => SyntaxFacts.IsValidIdentifier(part) && !IsKeyword(part));

    private static string Identifier(string part)
    {
        var name = string.Concat(part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_'));
        return SyntaxFacts.IsValidIdentifier(name) && !IsKeyword(name) ? name : "_" + name;
    }

    private static bool IsKeyword(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;
}
