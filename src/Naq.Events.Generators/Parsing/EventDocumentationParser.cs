using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Takes from a declaration what only the catalog needs. Runs for every declaration on every edit: it copies and no more.</summary>
internal static class EventDocumentationParser
{
    public static EventDocumentationSpec? Parse(GeneratorAttributeSyntaxContext source, JobEventMethodSpec method)
    {
        if (method.Event is null || source.TargetNode is not MethodDeclarationSyntax declaration)
            return null;

        var template = source.Attributes[0].ConstructorArguments.ElementAtOrDefault(1).Value as string;
        return new EventDocumentationSpec(string.IsNullOrEmpty(template) ? null : template, DocumentationComment.LinesOf(declaration));
    }
}
