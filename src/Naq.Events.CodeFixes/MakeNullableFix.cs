namespace Naq.Events.CodeFixes;

/// <summary>NAQ0033: makes nullable what an event may come without: a handler parameter, or a member of its type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeNullableFix))]
[Shared]
public sealed class MakeNullableFix() : SyntaxFix<ParameterSyntax>("NAQ0033")
{
    private protected override void Register(FixSite<ParameterSyntax> site)
    {
        // A member of a type of another assembly cannot be changed here, and one that is required stays so.
        var name = site.NameElsewhere;
        if (name is null && (site.Property("Member") is not null || TypeOf(site.Node) is null))
            return;

        site.OfferToReplaceThere(
            $"Make '{name ?? site.Node.Identifier.ValueText}' nullable",
            place => TypeOf(place) is { } type
                ? (type, SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type))
                : null,
            nameof(MakeNullableFix));
    }

    // A member that needs a value and is not required is a parameter of a constructor.
    private static TypeSyntax? TypeOf(SyntaxNode place) =>
        place.FirstAncestorOrSelf<ParameterSyntax>()?.Type is { } type and not NullableTypeSyntax ? type : null;
}
