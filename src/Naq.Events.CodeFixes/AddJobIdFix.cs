using Microsoft.CodeAnalysis.Formatting;

namespace Naq.Events.CodeFixes;

/// <summary>NAQ0004: adds the parameter that every event needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddJobIdFix))]
[Shared]
public sealed class AddJobIdFix() : SyntaxFix<MethodDeclarationSyntax>("NAQ0004")
{
    private protected override void Register(FixSite<MethodDeclarationSyntax> site)
    {
        // Where there is a jobId already, it is made something else by an attribute: a second one would not compile.
        if (site.Node.ParameterList.Parameters.All(parameter => parameter.Identifier.ValueText != "jobId"))
            site.OfferToReplace("Add parameter 'string jobId'", site.Node, () => With(site.Node), nameof(AddJobIdFix));
    }

    private static MethodDeclarationSyntax With(MethodDeclarationSyntax method)
    {
        var text = SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword))
            .WithTrailingTrivia(SyntaxFactory.Space);
        var jobId = SyntaxFactory.Parameter(SyntaxFactory.Identifier("jobId")).WithType(text);

        // A factory begins with it; a logger method has its logger first.
        var parameters = method.ParameterList.Parameters;
        var isFactory = method.ReturnType.ToString().EndsWith("JobEvent", StringComparison.Ordinal);
        var index = isFactory ? 0 : Math.Min(1, parameters.Count);
        return method.WithParameterList(method.ParameterList.WithParameters(parameters.Insert(index, jobId)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
