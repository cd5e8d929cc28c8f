using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Contracts;

/// <summary>The namespace that a project's own files are in: the build's, else the assembly's name.</summary>
internal static class RootNamespace
{
    private const string Property = "build_property.RootNamespace";

    public static string? Of(AnalyzerConfigOptions options, string? assemblyName)
    {
        var name = options.TryGetValue(Property, out var given) ? given : assemblyName;
        var parts = (name ?? "").Split('.').Select(Identifier).Where(part => part.Length > 0);
        return string.Join(".", parts) is { Length: > 0 } @namespace ? @namespace : null;
    }

    // What a project may be called is more than what C# takes for a name.
    private static string Identifier(string part)
    {
        var characters = part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_').ToArray();
        if (characters.Length == 0)
            return "";

        var name = new string(characters);
        return CSharpText.Identifier(SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? name : "_" + name);
    }
}
