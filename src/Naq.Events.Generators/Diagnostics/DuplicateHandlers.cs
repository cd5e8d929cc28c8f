using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Finds handlers that say, or do, the same as another.</summary>
internal static class DuplicateHandlers
{
    /// <summary>Reports an event that a method names twice, or names although it handles every event.</summary>
    public static void ReportRepeated(IMethodSymbol method, HandlerMethodSpec spec, Problems problems)
    {
        var unfiltered = spec.Filters.Where(filter => filter.Conditions.Count == 0).ToList();
        var every = unfiltered.Where(filter => filter.Events.Count == 0).ToList();
        if (every.Count > 0 && spec.Filters.Count > 1)
        {
            problems.Add(Rules.DuplicateHandler, method, method.Name, "handles every event, so its other attributes add nothing");
            return;
        }

        var names = spec.Filters
            .SelectMany(filter => filter.Events.Select(name => (filter.Conditions, name.Token)))
            .GroupBy(name => name);
        if (names.FirstOrDefault(name => name.Count() > 1)?.Key.Token is { } repeated)
            problems.Add(Rules.DuplicateHandler, method, method.Name, $"names '{repeated}' twice");
    }

    /// <summary>Reports methods of one class with the same events and the same body.</summary>
    public static void ReportCopies(IReadOnlyList<(IMethodSymbol Method, HandlerMethodSpec Spec)> handlers, Problems problems)
    {
        for (var i = 1; i < handlers.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!AreSame(handlers[i], handlers[j]))
                    continue;

                problems.Add(
                    Rules.DuplicateHandler,
                    handlers[i].Method,
                    handlers[i].Method.Name,
                    $"does the same for the same events as '{handlers[j].Method.Name}', so each event is handled twice");
                break;
            }
        }
    }

    private static bool AreSame(
        (IMethodSymbol Method, HandlerMethodSpec Spec) one, (IMethodSymbol Method, HandlerMethodSpec Spec) other) =>
        one.Spec.Return == other.Spec.Return
        && one.Spec.Filters.Equals(other.Spec.Filters)
        && one.Spec.Arguments.Equals(other.Spec.Arguments)
        && Body(one.Method) is { } body
        && Body(other.Method) is { } otherBody
        && SyntaxFactory.AreEquivalent(body, otherBody);

    // Nothing done twice is done once: an empty body is a stub, and says nothing.
    private static SyntaxNode? Body(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<MethodDeclarationSyntax>()
            .Select(declaration => (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody)
            .FirstOrDefault(body => body is not (null or BlockSyntax { Statements.Count: 0 }));
}
