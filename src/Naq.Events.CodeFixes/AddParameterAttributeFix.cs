using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0010, NAQ0019 and NAQ0021: puts an attribute on a parameter that says what is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddParameterAttributeFix))]
[Shared]
public sealed class AddParameterAttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NAQ0010", "NAQ0019", "NAQ0021"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter
                || !diagnostic.Properties.TryGetValue("Attributes", out var attributes)
                || attributes is null)
                continue;

            foreach (var attribute in attributes.Split(['|'], StringSplitOptions.RemoveEmptyEntries))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Add [{attribute}]",
                        _ => Task.FromResult(
                            context.Document.WithSyntaxRoot(root.ReplaceNode(parameter, With(parameter, attribute)))),
                        $"{nameof(AddParameterAttributeFix)}.{attribute}"),
                    diagnostic);
            }
        }
    }

    private static ParameterSyntax With(ParameterSyntax parameter, string text)
    {
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{text}] int x;")!;
        var attribute = field.AttributeLists[0].Attributes[0];

        // A name is changed where it is given.
        var same = parameter.AttributeLists.SelectMany(list => list.Attributes)
            .FirstOrDefault(existing => existing.Name.ToString() == attribute.Name.ToString());
        if (same is not null)
            return parameter.ReplaceNode(same, attribute.WithTriviaFrom(same));

        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        var rest = parameter.WithLeadingTrivia();
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list));
    }
}
