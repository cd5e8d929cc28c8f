using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0004: adds the parameter that every event needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJobIdFix))]
[Shared]
public sealed class AddJobIdFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0004"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var method = root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>();

        // Where there is a jobId already, it is made something else by an attribute: a second one would not compile.
        if (method is null || method.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == "jobId"))
            return;

        context.RegisterCodeFix(
            CodeAction.Create(
                "Add parameter 'string jobId'",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(method, With(method)))),
                nameof(AddJobIdFix)),
            context.Diagnostics);
    }

    private static MethodDeclarationSyntax With(MethodDeclarationSyntax method)
    {
        var text = SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword))
            .WithTrailingTrivia(SyntaxFactory.Space);
        var jobId = SyntaxFactory.Parameter(SyntaxFactory.Identifier("jobId")).WithType(text);

        // A factory begins with it; a logger method has its logger first.
        var parameters = method.ParameterList.Parameters;
        var isFactory = method.ReturnType.ToString().EndsWith("JobEvent", StringComparison.Ordinal);
        var index = isFactory ? 0 : Math.Min(1, parameters.Count);
        return method.WithParameterList(method.ParameterList.WithParameters(parameters.Insert(index, jobId)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
