using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0003 and NAQ0011: gives a method the return type that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangeReturnTypeFix))]
[Shared]
public sealed class ChangeReturnTypeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0003", "NAQ0011"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var method = root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        if (method is null || NewType(method, context.Diagnostics[0].Id) is not { } name)
            return;

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Return {name}",
                async cancellationToken =>
                {
                    var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
                    var type = name == "JobEvent"
                        ? ((NullableTypeSyntax)method.ReturnType).ElementType
                        : editor.Generator.TypeExpression(
                            editor.SemanticModel.Compilation.GetTypeByMetadataName($"System.Threading.Tasks.{name}")!,
                            addImport: true);
                    editor.ReplaceNode(
                        method.ReturnType,
                        type.WithTriviaFrom(method.ReturnType).WithAdditionalAnnotations(Simplifier.Annotation));
                    return editor.GetChangedDocument();
                },
                nameof(ChangeReturnTypeFix)),
            context.Diagnostics);
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
