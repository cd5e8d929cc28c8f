namespace Naq.Events.CodeFixes;

/// <summary>NAQ0010, NAQ0019 and NAQ0021: puts an attribute on a parameter that says what is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddParameterAttributeFix))]
[Shared]
public sealed class AddParameterAttributeFix() : SyntaxFix<ParameterSyntax>("NAQ0010", "NAQ0019", "NAQ0021")
{
    private protected override void Register(FixSite<ParameterSyntax> site)
    {
        foreach (var attribute in (site.Property("Attributes") ?? "").Split(['|'], StringSplitOptions.RemoveEmptyEntries))
        {
            site.OfferToReplace(
                $"Add [{attribute}]",
                site.Node,
                () => With(site.Node, attribute),
                $"{nameof(AddParameterAttributeFix)}.{attribute}");
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
