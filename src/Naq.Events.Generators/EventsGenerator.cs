using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Naq.Events.Generators.Emission;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators;

/// <summary>Writes the bodies of event methods and the dispatch tables of handler classes.</summary>
/// <remarks>Wrong declarations are skipped here; the analyzers in this assembly report them.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed partial class EventsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declaredMethods = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                JobEventMethodParser.AttributeName,
                static (node, _) => node is MethodDeclarationSyntax,
                static (source, _) => Transforms.JobEventMethod(source))
            .WithTrackingName(StepNames.JobEventMethods);

        var eventTypes = declaredMethods
            .Select(static (declared, _) => Transforms.WithoutPayloads(declared?.Method))
            .Collect()
            .SelectMany(static (methods, _) => Grouping.ByContainingType(methods))
            .WithTrackingName(StepNames.JobEventTypes);

        context.RegisterSourceOutput(
            eventTypes, static (output, type) => output.AddSource(type.HintName, JobEventTypeEmitter.Emit(type)));

        ContractPipeline.Register(context, declaredMethods);

        var handlers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                HandlerParser.AttributeName,
                static (node, _) => node is MethodDeclarationSyntax or TypeDeclarationSyntax,
                static (source, _) => Transforms.Handler(source))
            .WithTrackingName(StepNames.HandlerMethods);

        var handlerClasses = handlers
            .Select(static (handler, _) => Transforms.WithoutPayloads(handler))
            .Collect()
            .SelectMany(static (methods, _) => Grouping.ByHandlerClass(methods))
            .WithTrackingName(StepNames.HandlerClasses);

        context.RegisterSourceOutput(
            handlerClasses, static (output, type) => output.AddSource(type.HintName, HandlerClassEmitter.Emit(type)));

        RegisterPayloads(context, declaredMethods, handlers);
    }
}
