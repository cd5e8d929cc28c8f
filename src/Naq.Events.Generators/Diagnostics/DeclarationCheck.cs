using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Naq.Events.Generators.Baselines;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Holds one declaration against the baseline.</summary>
/// <remarks>The baseline has one entry for all declarations of an event: a field that only some of them have is optional there.</remarks>
internal static class DeclarationCheck
{
    public static void Analyze(SymbolAnalysisContext context, EventBaseline baseline, Lazy<EventKnowledge> knowledge)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (EventMethods.Parse(method) is not { Event.Token: { } name } spec || knowledge.Value.OwnShape(name) is not { } shape)
            return;

        if (!baseline.HasEvent(name))
        {
            var lines = shape.Fields.Select(field => BaselineLine.Of(name, field)).Prepend(name);
            Report(context, BaselineRules.NotInBaseline, EventMethods.Locate(method, null), string.Join("\n", lines), name);
            return;
        }

        foreach (var (own, parameter) in EventShapeParser.ParseFields(spec))
        {
            if (shape.Find(own.Path) is { } field && !field.Equals(baseline.FindField(name, field.Path)))
                Report(context, EventMethods.Locate(method, parameter), name, field, baseline.FindShippedField(name, field.Path));
        }
    }

    private static void Report(
        SymbolAnalysisContext context, Location location, string name, EventFieldSpec field, EventFieldSpec? shipped)
    {
        var line = BaselineLine.Of(name, field);
        var path = $"{name}.{field.Path}";
        if (shipped is null || shipped.Equals(field))
            Report(context, BaselineRules.NotInBaseline, location, line, line);
        else if (shipped.Type != field.Type)
            Report(context, BaselineRules.Retyped, location, line, path, shipped.Type, field.Type);
        else if (field.IsRequired)
            Report(context, BaselineRules.PresenceChanged, location, line, path, "optional", "events already stored lack it, so consumers that come to rely on it fail on those");
        else
            Report(context, BaselineRules.PresenceChanged, location, line, path, "required", "consumers that rely on it fail when it is absent");
    }

    private static void Report(
        SymbolAnalysisContext context, DiagnosticDescriptor rule, Location location, string lines, params object?[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(
            rule, location, ImmutableDictionary<string, string?>.Empty.Add(BaselineRules.Lines, lines), arguments));
}
