using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators;

/// <content>The classes of payload types, and the serializer context over them.</content>
public sealed partial class EventsGenerator
{
    private static void RegisterPayloads(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<DeclaredMethodSpec?> methods,
        IncrementalValuesProvider<HandlerCandidateSpec?> handlers)
    {
        var ofMethods = methods
            .Select(static (declared, _) => declared?.Method.Payloads ?? ImmutableEquatableArray<PayloadSpec>.Empty)
            .Where(static payloads => payloads.Count > 0)
            .Collect();
        var ofHandlers = handlers
            .Select(static (handler, _) => handler?.Method.Payloads ?? ImmutableEquatableArray<PayloadSpec>.Empty)
            .Where(static payloads => payloads.Count > 0)
            .Collect();
        var files = ofMethods.Combine(ofHandlers)
            .SelectMany(static (both, _) => PayloadGrouping.ByType(both.Left.AddRange(both.Right)))
            .WithTrackingName(StepNames.Payloads);

        context.RegisterSourceOutput(
            files, static (output, file) => output.AddSource(file.HintName, PayloadEmitter.Emit(file.Payload)));

        var root = context.AnalyzerConfigOptionsProvider
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName))
            .Select(static (both, _) => RootNamespace.Of(both.Left.GlobalOptions, both.Right));
        var jsonContext = files.Collect().Combine(root)
            .SelectMany(static (both, _) => PayloadGrouping.Context(both.Left, both.Right))
            .WithTrackingName(StepNames.JsonContext);

        context.RegisterSourceOutput(jsonContext, static (output, spec) =>
            output.AddSource($"{JsonContextEmitter.ClassName}.g.cs", JsonContextEmitter.Emit(spec)));
    }
}
