using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0033: makes a handler parameter nullable, since its event may come without it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeParameterNullableFix))]
[Shared]
public sealed class MakeParameterNullableFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0033"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var parameter = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>();
            if (parameter?.Type is not { } type || type is NullableTypeSyntax)
                continue;

            var nullable = SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type);
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Make '{parameter.Identifier.ValueText}' nullable",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(type, nullable))),
                    nameof(MakeParameterNullableFix)),
                diagnostic);
        }
    }
}
