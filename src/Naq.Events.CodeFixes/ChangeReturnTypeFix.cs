using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0003 and NAQ0011: gives a method the return type that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangeReturnTypeFix))]
[Shared]
public sealed class ChangeReturnTypeFix() : SyntaxFix<MethodDeclarationSyntax>("NAQ0003", "NAQ0011")
{
    private protected override void Register(FixSite<MethodDeclarationSyntax> site)
    {
        if (NewType(site.Node, site.Id) is { } name)
        {
            site.OfferToEdit(
                $"Return {name}",
                cancellationToken => Fix(site.Document, site.Node, name, cancellationToken),
                nameof(ChangeReturnTypeFix));
        }
    }

    private static async Task<Document> Fix(
        Document document, MethodDeclarationSyntax method, string name, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var type = name == "JobEvent"
            ? ((NullableTypeSyntax)method.ReturnType).ElementType
            : editor.Generator.TypeExpression(
                editor.SemanticModel.Compilation.GetTypeByMetadataName($"System.Threading.Tasks.{name}")!, addImport: true);
        editor.ReplaceNode(
            method.ReturnType, type.WithTriviaFrom(method.ReturnType).WithAdditionalAnnotations(Simplifier.Annotation));
        return editor.GetChangedDocument();
    }

    // Only where the body stays right: an async method, or one without a body.
    private static string? NewType(MethodDeclarationSyntax method, string id) => id switch
    {
        "NAQ0011" => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method) ? "Task" : null,
        _ when method.Body is not null || method.ExpressionBody is not null => null,
        _ => method.ReturnType switch
        {
            NullableTypeSyntax { ElementType: var element }
                when element.ToString().EndsWith("JobEvent", StringComparison.Ordinal) => "JobEvent",
            IdentifierNameSyntax { Identifier.ValueText: "Task" } when method.ParameterList.Parameters.Count > 0 => "ValueTask",
            _ => null,
        },
    };

    private static bool IsVoid(MethodDeclarationSyntax method) =>
        method.ReturnType is PredefinedTypeSyntax type && type.Keyword.IsKind(SyntaxKind.VoidKeyword);
}
