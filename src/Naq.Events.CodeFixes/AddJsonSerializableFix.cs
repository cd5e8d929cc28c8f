using Microsoft.CodeAnalysis.Simplification;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0029: lists a type in the serializer context that is to write it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJsonSerializableFix))]
[Shared]
public sealed class AddJsonSerializableFix() : SyntaxFix<ParameterSyntax>("NAQ0029")
{
    private const string Attribute = "global::System.Text.Json.Serialization.JsonSerializable";

    /// <summary>None: the lines of one batch would all be put into the same place.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override void Register(FixSite<ParameterSyntax> site)
    {
        // A context of another assembly is for its authors to change.
        if (site.Property("Type") is not { } type || site.NameElsewhere is not { } name)
            return;

        site.OfferToReplaceThere(
            $"List it in '{name}'",
            place => place.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } context ? (context, With(context, type)) : null,
            nameof(AddJsonSerializableFix));
    }

    // On a line of its own, behind those that are there.
    private static ClassDeclarationSyntax With(ClassDeclarationSyntax context, string type)
    {
        var parsed = SyntaxFactory.ParseMemberDeclaration($"[{Attribute}(typeof({type}))] class C;")!;
        var leading = context.GetLeadingTrivia();
        var indentation = SyntaxFactory.TriviaList(
            leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        var endOfLine = context.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var line = parsed.AttributeLists[0]
            .WithTrailingTrivia(endOfLine.IsKind(SyntaxKind.None) ? SyntaxFactory.ElasticCarriageReturnLineFeed : endOfLine)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

        return context.AttributeLists.Count == 0
            ? context.WithLeadingTrivia(indentation).WithAttributeLists([line.WithLeadingTrivia(leading)])
            : context.AddAttributeLists(line.WithLeadingTrivia(indentation));
    }
}
