using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

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
        if (site.Property("Type") is not { } type
            || site.Elsewhere is not { SourceTree: { } tree, SourceSpan: var span }
            || site.Document.Project.Solution.GetDocument(tree) is not { } document)
            return;

        site.OfferToEdit(
            $"List it in '{tree.GetText().ToString(span)}'",
            cancellationToken => Fix(document, span, type, cancellationToken),
            nameof(AddJsonSerializableFix));
    }

    private static async Task<Solution> Fix(Document document, TextSpan span, string type, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root?.FindNode(span).FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } context
            ? document.WithSyntaxRoot(root.ReplaceNode(context, With(context, type))).Project.Solution
            : document.Project.Solution;
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
