using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0024 and NAQ0026: awaits what is blocked on, or not waited for at all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddAwaitFix))]
[Shared]
public sealed class AddAwaitFix() : SyntaxFix<ExpressionSyntax>("NAQ0024", "NAQ0026")
{
    private protected override void Register(FixSite<ExpressionSyntax> site)
    {
        if (Awaited(site.Node, site.Id) is not { } awaited
            || FunctionOf(site.Node) is not { } function
            || !(IsAsync(function) || CanBecomeAsync(function)))
            return;

        site.OfferToEdit(
            "Add 'await'",
            cancellationToken => Fix(site.Document, site.Node, awaited, function, cancellationToken),
            nameof(AddAwaitFix));
    }

    // The task itself, without what waits for it.
    private static ExpressionSyntax? Awaited(ExpressionSyntax expression, string id) => (id, expression) switch
    {
        ("NAQ0026", _) => expression,
        (_, MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result) => result.Expression,
        (_, InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait,
        }) => wait.Expression,
        (_, InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter,
                },
            },
        }) => awaiter.Expression,
        _ => null,
    };

    private static async Task<Document> Fix(
        Document document,
        ExpressionSyntax expression,
        ExpressionSyntax awaited,
        SyntaxNode function,
        CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var target = IsDiscarded(expression) ? (ExpressionSyntax)expression.Parent! : expression;
        ExpressionSyntax wait = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), awaited.WithoutTrivia());
        if (target.Parent is MemberAccessExpressionSyntax)
            wait = SyntaxFactory.ParenthesizedExpression(wait);

        editor.ReplaceNode(target, wait.WithTriviaFrom(target));
        if (function is MethodDeclarationSyntax method && !IsAsync(method))
            MakeAsync(editor, method);

        return editor.GetChangedDocument();
    }

    private static bool IsDiscarded(ExpressionSyntax expression) => expression.Parent is AssignmentExpressionSyntax
    {
        Left: IdentifierNameSyntax { Identifier.ValueText: "_" },
    };

    private static void MakeAsync(DocumentEditor editor, MethodDeclarationSyntax method)
    {
        var task = (TypeSyntax)editor.Generator.TypeExpression(
            editor.SemanticModel.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")!, addImport: true);
        editor.ReplaceNode(method, (node, _) =>
        {
            var changed = (MethodDeclarationSyntax)node;
            var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword)
                .WithLeadingTrivia(changed.Modifiers.Count > 0 ? default : changed.ReturnType.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.Space);
            return changed
                .WithModifiers(changed.Modifiers.Add(keyword))
                .WithReturnType(task
                    .WithLeadingTrivia()
                    .WithTrailingTrivia(changed.ReturnType.GetTrailingTrivia())
                    .WithAdditionalAnnotations(Simplifier.Annotation));
        });
    }

    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(
        ancestor => ancestor is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    // A handler is called by its table, which takes a Task as well; another method's callers would have to change too.
    private static bool CanBecomeAsync(SyntaxNode function) => function is MethodDeclarationSyntax
    {
        ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword },
        ParameterList.Parameters: var parameters,
    } method
        && method.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString().EndsWith("OnJobEvent", StringComparison.Ordinal))
        && parameters.All(parameter => !parameter.Modifiers.Any(SyntaxKind.InKeyword));
}
