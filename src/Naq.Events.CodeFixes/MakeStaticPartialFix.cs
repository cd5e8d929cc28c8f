using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0001: makes an event method a static partial declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeStaticPartialFix))]
[Shared]
public sealed class MakeStaticPartialFix() : SyntaxFix<MethodDeclarationSyntax>("NAQ0001")
{
    private protected override void Register(FixSite<MethodDeclarationSyntax> site)
    {
        var method = site.Node;
        var hasBody = method.Body is not null || method.ExpressionBody is not null;

        // A partial method with a body may be the second part of a declaration that should stay: which to keep is not ours to say.
        if (hasBody && method.Modifiers.Any(SyntaxKind.PartialKeyword))
            return;

        site.OfferToEdit(
            hasBody ? "Make static partial, without its body" : "Make static partial",
            cancellationToken => Fix(site.Document, method, cancellationToken),
            nameof(MakeStaticPartialFix));
    }

    private static async Task<Document> Fix(Document document, MethodDeclarationSyntax method, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var generator = editor.Generator;
        var changed = generator.WithModifiers(
            method, (generator.GetModifiers(method) | DeclarationModifiers.Partial).WithIsStatic(true).WithAsync(false));

        var declaration = SayAccessibility((MethodDeclarationSyntax)changed);
        if (declaration.SemicolonToken.IsKind(SyntaxKind.None) || declaration.ExpressionBody is not null)
        {
            declaration = declaration
                .WithBody(null)
                .WithExpressionBody(null)
                .WithParameterList(declaration.ParameterList.WithTrailingTrivia())
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(method.GetTrailingTrivia()));
        }

        editor.ReplaceNode(method, declaration.WithAdditionalAnnotations(Formatter.Annotation));
        return editor.GetChangedDocument();
    }

    // What returns a value must say its accessibility to be partial; private is what it is without saying so.
    private static MethodDeclarationSyntax SayAccessibility(MethodDeclarationSyntax method)
    {
        var isVoid = method.ReturnType is PredefinedTypeSyntax type && type.Keyword.IsKind(SyntaxKind.VoidKeyword);
        if (isVoid || method.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())))
            return method;

        var first = method.Modifiers[0];
        var accessibility = SyntaxFactory.Token(SyntaxKind.PrivateKeyword)
            .WithLeadingTrivia(first.LeadingTrivia)
            .WithTrailingTrivia(SyntaxFactory.Space);
        return method.WithModifiers(method.Modifiers.Replace(first, first.WithLeadingTrivia()).Insert(0, accessibility));
    }
}
