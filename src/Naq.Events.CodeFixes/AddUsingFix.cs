using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0035: disposes a job scope at the end of its block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddUsingFix))]
[Shared]
public sealed class AddUsingFix() : SyntaxFix<InvocationExpressionSyntax>("NAQ0035")
{
    private protected override void Register(FixSite<InvocationExpressionSyntax> site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Disposed(statement, site.Node, site.Model) is { } disposed)
            site.OfferToReplace("Add 'using'", statement, () => disposed, nameof(AddUsingFix));
    }

    private static LocalDeclarationStatementSyntax? Disposed(StatementSyntax statement, InvocationExpressionSyntax call, SemanticModel model) => statement switch
    {
        // A using declaration stands in a block, and not in a case of a switch.
        { Parent: not (BlockSyntax or GlobalStatementSyntax) } => null,

        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }], UsingKeyword.RawKind: 0 } local
            when value == call => WithUsing(local),

        ExpressionStatementSyntax { Expression: var expression } when expression == call => Declaration(statement, call, model),

        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var value } }
            when value == call => Declaration(statement, call, model),

        _ => null,
    };

    private static LocalDeclarationStatementSyntax Declaration(StatementSyntax statement, InvocationExpressionSyntax call, SemanticModel model)
    {
        var taken = new HashSet<string>(model.LookupSymbols(statement.SpanStart).Select(symbol => symbol.Name), StringComparer.Ordinal);
        foreach (var declared in (statement.Parent ?? statement).DescendantNodes().OfType<VariableDeclaratorSyntax>())
            _ = taken.Add(declared.Identifier.ValueText);

        var name = "job";
        for (var number = 2; taken.Contains(name); number++)
            name = $"job{number}";

        var declaration = (LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"using var {name} = {call.WithoutTrivia()};");
        return declaration.WithTriviaFrom(statement);
    }

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax local) => local
        .WithoutLeadingTrivia()
        .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(local.GetLeadingTrivia());
}
