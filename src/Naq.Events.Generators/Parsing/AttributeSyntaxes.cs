using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Naq.Events.Generators.Parsing;

/// <summary>Finds the place in the source that a problem with an attribute is about.</summary>
internal static class AttributeSyntaxes
{
    public static Location Locate(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None;

    /// <summary>The place of an argument that is written as a plain literal, else of the attribute.</summary>
    public static Location LocateArgument(AttributeData attribute, string value) =>
        attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: var arguments }
        && arguments.FirstOrDefault(
            a => a.Expression is LiteralExpressionSyntax literal && literal.Token.ValueText == value) is { } argument
            ? argument.GetLocation()
            : Locate(attribute);

    /// <summary>The place of the message argument, or of a part of it when it is written as a plain literal.</summary>
    public static Location LocateMessage(AttributeData attribute, int start = 0, int length = -1)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            return Locate(attribute);
        }

        var argument = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == "message")
            ?? arguments.Where(a => a.NameEquals is null).ElementAtOrDefault(1);
        if (argument is null)
        {
            return Locate(attribute);
        }

        // With escapes, or put together from constants, characters of the value are not characters of the source.
        if (length >= 0
            && argument.Expression is LiteralExpressionSyntax { Token: var token }
            && token.IsKind(SyntaxKind.StringLiteralToken)
            && token.Text == $"\"{token.ValueText}\"")
        {
            return Location.Create(token.SyntaxTree!, new TextSpan(token.SpanStart + 1 + start, length));
        }

        return argument.Expression.GetLocation();
    }
}
