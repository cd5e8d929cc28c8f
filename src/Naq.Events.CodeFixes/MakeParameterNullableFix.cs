namespace Naq.Events.CodeFixes;

/// <summary>NAQ0033: makes a handler parameter nullable, since its event may come without it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeParameterNullableFix))]
[Shared]
public sealed class MakeParameterNullableFix() : SyntaxFix<ParameterSyntax>("NAQ0033")
{
    private protected override void Register(FixSite<ParameterSyntax> site)
    {
        if (site.Node.Type is not { } type || type is NullableTypeSyntax)
            return;

        site.OfferToReplace(
            $"Make '{site.Node.Identifier.ValueText}' nullable",
            type,
            () => SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type),
            nameof(MakeParameterNullableFix));
    }
}
