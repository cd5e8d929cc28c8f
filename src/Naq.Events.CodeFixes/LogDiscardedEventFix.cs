namespace Naq.Events.CodeFixes;

/// <summary>NAQ0025: gives an event that is made and dropped to the logger at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LogDiscardedEventFix))]
[Shared]
public sealed class LogDiscardedEventFix() : SyntaxFix<ExpressionSyntax>("NAQ0025")
{
    private protected override void Register(FixSite<ExpressionSyntax> site)
    {
        var made = site.Node;
        if (FindLogger(site.Model, made.SpanStart) is not { } logger)
            return;

        site.OfferToReplace(
            $"Log it with '{logger}'",
            made,
            () => SyntaxFactory.ParseExpression($"{logger}.Log({made.WithoutTrivia()})").WithTriviaFrom(made),
            nameof(LogDiscardedEventFix));
    }

    // What is nearest: a variable or parameter before a member.
    private static string? FindLogger(SemanticModel model, int position)
    {
        var isStatic = model.GetEnclosingSymbol(position) is { IsStatic: true };
        return model.LookupSymbols(position)
            .Where(symbol => IsLogger(symbol switch
            {
                ILocalSymbol local => local.Type,
                IParameterSymbol parameter => parameter.Type,
                IFieldSymbol field when field.IsStatic || !isStatic => field.Type,
                IPropertySymbol property when property.IsStatic || !isStatic => property.Type,
                _ => null,
            }))
            .OrderBy(symbol => symbol.Kind is SymbolKind.Local or SymbolKind.Parameter ? 0 : 1)
            .Select(symbol => symbol.Name)
            .FirstOrDefault();
    }

    private static bool IsLogger(ITypeSymbol? type) =>
        type is not null
        && type.AllInterfaces.Concat([type]).Any(candidate => candidate.ToDisplayString() == "Naq.Events.IJobEventLogger");
}
