using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Emission;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators;

/// <summary>Tells others what is declared here: other assemblies by attributes, the application by a catalog.</summary>
internal static class ContractPipeline
{
    public static void Register(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DeclaredMethodSpec?> methods)
    {
        var descriptions = methods
            .Select(static (declared, _) => declared is null ? null : EventDescriptionParser.Parse(declared))
            .Where(static description => description is not null)
            .WithTrackingName(StepNames.EventDescriptions)
            .Collect();

        var shapes = descriptions
            .Select(static (descriptions, _) => EventShapes.Distinct(descriptions.Select(description => description!.Shape)))
            .WithTrackingName(StepNames.EventShapes);

        context.RegisterSourceOutput(shapes, static (output, shapes) =>
        {
            if (shapes.Count > 0)
                output.AddSource(DeclarationsEmitter.HintName, DeclarationsEmitter.Emit(shapes));
        });

        var @namespace = context.AnalyzerConfigOptionsProvider
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName))
            .Select(static (source, _) => RootNamespace.Of(source.Left.GlobalOptions, source.Right));
        var catalog = descriptions
            .Combine(@namespace)
            .Select(static (source, _) => new CatalogSpec(
                source.Right,
                source.Left
                    .GroupBy(description => description!.Event.Token, StringComparer.Ordinal)
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .Select(same => EventDescriptionParser.Merge([.. same.Select(description => description!)]))
                    .ToImmutableEquatableArray()))
            .WithTrackingName(StepNames.EventCatalog);

        context.RegisterSourceOutput(catalog, static (output, catalog) =>
        {
            if (catalog.Events.Count > 0)
                output.AddSource(CatalogEmitter.HintName, CatalogEmitter.Emit(catalog));
        });
    }
}
