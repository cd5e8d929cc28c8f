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

    /// <summary>A class that asks for a table of what it inherits.</summary>
    public static HandlerCandidateSpec? DerivedHandler(GeneratorAttributeSyntaxContext source) =>
        source.TargetSymbol is INamedTypeSymbol type && HandlerTypeParser.Parse(type, Problems.Unreported()) is { } spec
            ? new HandlerCandidateSpec(spec, "", -1, null)
            : null;

    public static HandlerCandidateSpec? Handler(GeneratorAttributeSyntaxContext source) => source.TargetSymbol switch
    {
        IMethodSymbol method => HandlerParser.ParseMethod(method, source.Attributes, Problems.Unreported()),
        INamedTypeSymbol type => HandlerParser.ParseClass(type, source.Attributes, Problems.Unreported()),
        _ => null,
    };

    /// <summary>The types that a handler's parameters need a class for, and those it inherits: a base may be of another assembly.</summary>
    public static ImmutableEquatableArray<PayloadSpec> PayloadsOf(HandlerCandidateSpec? handler) => handler is null
        ? ImmutableEquatableArray<PayloadSpec>.Empty
        : (handler.Method?.Payloads ?? ImmutableEquatableArray<PayloadSpec>.Empty)
            .Concat(handler.Type.Inherited.SelectMany(method => method.Payloads))
            .ToImmutableEquatableArray();

    /// <summary>The method as its own file needs it: a member added to a payload type is no change to it.</summary>
    public static JobEventMethodSpec? WithoutPayloads(JobEventMethodSpec? method) =>
        method is null ? null : method with { Payloads = ImmutableEquatableArray<PayloadSpec>.Empty };

    /// <inheritdoc cref="WithoutPayloads(JobEventMethodSpec?)"/>
    public static HandlerCandidateSpec? WithoutPayloads(HandlerCandidateSpec? handler) =>
        handler?.Method is { } method
            ? handler with { Method = method with { Payloads = ImmutableEquatableArray<PayloadSpec>.Empty } }
            : handler;
}
