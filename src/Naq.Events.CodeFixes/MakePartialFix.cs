namespace Naq.Events.CodeFixes;

/// <summary>NAQ0002 and NAQ0012: makes a type, and the types around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix() : SyntaxFix<TypeDeclarationSyntax>("NAQ0002", "NAQ0012")
{
    private protected override void Register(FixSite<TypeDeclarationSyntax> site)
    {
        var types = site.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .ToList();
        if (types.Count == 0)
            return;

        // The outermost holds the others.
        var outermost = types[types.Count - 1];
        site.OfferToReplace(
            $"Make {string.Join(", ", types.Select(type => $"'{type.Identifier.ValueText}'"))} partial",
            outermost,
            () => MakePartial(outermost.ReplaceNodes(
                types.Where(type => type != outermost), static (_, type) => MakePartial(type))),
            nameof(MakePartialFix));
    }

    // "partial" stands last, right before the keyword, whose leading trivia it takes over when it is also the first.
    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return type.WithModifiers(type.Modifiers.Add(partial));

        return type
            .WithKeyword(type.Keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }
}
