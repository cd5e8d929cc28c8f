using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Naq.Events.Generators.Contracts;

/// <summary>The documentation comment of an event method, as plain text.</summary>
/// <remarks>
/// It is read from the source, not from the symbol: without a documentation file the compiler takes these comments for ordinary
/// ones, and the catalog should not depend on a build setting.
/// </remarks>
internal sealed class DocumentationComment
{
    private const string Mark = "///";
    private static readonly DocumentationComment Empty = new(null);

    private readonly XElement? _root;

    private DocumentationComment(XElement? root)
    {
        _root = root;
        Summary = Text(root?.Element("summary"));
    }

    public string? Summary { get; }

    /// <summary>The lines of the comment before a method, with their marks; empty when there is none.</summary>
    public static string LinesOf(MethodDeclarationSyntax method)
    {
        StringBuilder? lines = null;
        foreach (var trivia in method.GetLeadingTrivia())
        {
            var isComment = trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
                || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);
            if (isComment && trivia.ToFullString() is var text && text.StartsWith(Mark, StringComparison.Ordinal))
                (lines ??= new StringBuilder()).Append(text).Append('\n');
        }

        return lines?.ToString() ?? "";
    }

    /// <summary>Reads the lines; a comment that is not well-formed says nothing.</summary>
    public static DocumentationComment Parse(string lines)
    {
        if (lines.Length == 0)
            return Empty;

        var xml = new StringBuilder("<doc>");
        foreach (var line in lines.Split('\n'))
        {
            var text = line.Trim();
            xml.Append(text.StartsWith(Mark, StringComparison.Ordinal) ? text.Substring(Mark.Length) : text).Append('\n');
        }

        try
        {
            return new DocumentationComment(XElement.Parse(xml.Append("</doc>").ToString()));
        }
        catch (XmlException)
        {
            return Empty;
        }
    }

    public string? Parameter(string name) => Text(_root?.Elements("param").FirstOrDefault(
        parameter => (string?)parameter.Attribute("name") == name));

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;

        var text = new StringBuilder();
        Append(text, element);
        var words = text.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(" ", words);
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement { IsEmpty: true } reference)
                text.Append(Name(reference));
            else if (node is XElement inner)
                Append(text, inner);
        }
    }

    // <see cref="JobEvent"/>, <see langword="null"/> and <paramref name="jobId"/> stand for a name.
    private static string Name(XElement reference) =>
        ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? " ")
        .Split('.').Last();
}
