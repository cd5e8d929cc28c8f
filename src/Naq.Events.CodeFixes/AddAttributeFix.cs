namespace Naq.Events.CodeFixes;

/// <summary>NAQ0010, NAQ0019 and NAQ0021: puts an attribute on a parameter, or on a member, that says what is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddAttributeFix))]
[Shared]
public sealed class AddAttributeFix() : SyntaxFix<SyntaxNode>("NAQ0010", "NAQ0019", "NAQ0021")
{
    private protected override void Register(FixSite<SyntaxNode> site)
    {
        var member = site.NameElsewhere is { } name ? $" to '{name}'" : "";
        foreach (var attribute in (site.Property("Attributes") ?? "").Split(['|'], StringSplitOptions.RemoveEmptyEntries))
        {
            site.OfferToReplaceThere(
                $"Add [{attribute}]{member}",
                place => place.AncestorsAndSelf().FirstOrDefault(CanHaveAttributes) is { } target
                    ? (target, With(target, attribute))
                    : null,
                $"{nameof(AddAttributeFix)}.{attribute}");
        }
    }

    private static bool CanHaveAttributes(SyntaxNode node) =>
        node is ParameterSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax;

    private static SyntaxNode With(SyntaxNode target, string text)
    {
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{text}] int x;")!;
        var attribute = field.AttributeLists[0].Attributes[0];

        // A name is changed where it is given.
        var same = ListsOf(target).SelectMany(list => list.Attributes)
            .FirstOrDefault(existing => existing.Name.ToString() == attribute.Name.ToString());
        if (same is not null)
            return target.ReplaceNode(same, attribute.WithTriviaFrom(same));

        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(target.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        var rest = target.WithLeadingTrivia();
        var lists = ListsOf(rest).Insert(0, list);
        return rest is ParameterSyntax parameter
            ? parameter.WithAttributeLists(lists)
            : ((MemberDeclarationSyntax)rest).WithAttributeLists(lists);
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode target) =>
        (target as ParameterSyntax)?.AttributeLists ?? ((MemberDeclarationSyntax)target).AttributeLists;
}
