using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>From an attribute's target to a model that holds nothing of the compilation.</summary>
internal static class Transforms
{
    public static DeclaredMethodSpec? JobEventMethod(GeneratorAttributeSyntaxContext source) =>
        source.TargetSymbol is IMethodSymbol method
        && JobEventMethodParser.Parse(method, source.Attributes[0], Problems.Unreported()) is { } spec
            ? new DeclaredMethodSpec(spec, EventDocumentationParser.Parse(source, spec))
            : null;

    public static HandlerCandidateSpec? Handler(GeneratorAttributeSyntaxContext source) => source.TargetSymbol switch
    {
        IMethodSymbol method => HandlerParser.ParseMethod(method, source.Attributes, Problems.Unreported()),
        INamedTypeSymbol type => HandlerParser.ParseClass(type, source.Attributes, Problems.Unreported()),
        _ => null,
    };

    /// <summary>The method as its own file needs it: a member added to a payload type is no change to it.</summary>
    public static JobEventMethodSpec? WithoutPayloads(JobEventMethodSpec? method) =>
        method is null ? null : method with { Payloads = ImmutableEquatableArray<PayloadSpec>.Empty };

    /// <inheritdoc cref="WithoutPayloads(JobEventMethodSpec?)"/>
    public static HandlerCandidateSpec? WithoutPayloads(HandlerCandidateSpec? handler) => handler is null
        ? null
        : handler with { Method = handler.Method with { Payloads = ImmutableEquatableArray<PayloadSpec>.Empty } };
}
