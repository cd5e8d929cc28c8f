using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Finds the handlers that a class has from its base classes.</summary>
internal static class InheritedHandlers
{
    /// <summary>Those that can be called, from the topmost class on, each class's in the order of their declaration.</summary>
    public static ImmutableEquatableArray<HandlerMethodSpec> Of(INamedTypeSymbol type)
    {
        var levels = new Stack<List<HandlerMethodSpec>>();
        var signatures = Signatures(type);
        foreach (var parent in Parents(type))
        {
            var found = new List<HandlerMethodSpec>();
            foreach (var (method, attributes) in HandlersOf(parent))
            {
                // What a nearer class hides is not what a call would reach; an override is the same handler.
                if (IsCallable(method, type) && (!signatures.Contains(HandlerParser.Signature(method)) || IsOverridden(type, method))
                    && HandlerParser.ParseMethodOnly(method, attributes, Problems.Unreported(), type) is { } spec)
                    found.Add(spec);
            }

            signatures.UnionWith(Signatures(parent));
            levels.Push(found);
        }

        return levels.SelectMany(level => level).ToImmutableEquatableArray();
    }

    /// <summary>Those that a derived class cannot call.</summary>
    public static IEnumerable<IMethodSymbol> Unreachable(INamedTypeSymbol type) =>
        from parent in Parents(type)
        from handler in HandlersOf(parent)
        where !IsCallable(handler.Method, type)
        select handler.Method;

    private static IEnumerable<(IMethodSymbol Method, List<AttributeData> Attributes)> HandlersOf(INamedTypeSymbol type)
    {
        var ofType = HandlerParser.AttributesOf(type);
        var handleMethod = ofType.Count > 0 ? HandlerParser.FindHandleMethod(type, Problems.Unreported()) : null;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            var attributes = HandlerParser.AttributesOf(method);
            if (SymbolEqualityComparer.Default.Equals(method, handleMethod))
                attributes.AddRange(ofType);

            if (attributes.Count > 0)
                yield return (method, attributes);
        }
    }

    private static IEnumerable<INamedTypeSymbol> Parents(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is { SpecialType: SpecialType.None }; parent = parent.BaseType)
            yield return parent;
    }

    private static bool IsCallable(IMethodSymbol method, INamedTypeSymbol from) => method.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            method.ContainingAssembly.GivesAccessTo(from.ContainingAssembly)
            || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, from.ContainingAssembly),
        _ => false,
    };

    private static bool IsOverridden(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var candidate in Parents(type).Prepend(type).SelectMany(level => level.GetMembers(method.Name)).OfType<IMethodSymbol>())
        {
            for (var overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                // An override with attributes of its own says itself what it handles.
                if (SymbolEqualityComparer.Default.Equals(overridden, method))
                    return HandlerParser.AttributesOf(candidate).Count == 0;
            }
        }

        return false;
    }

    private static HashSet<string> Signatures(INamedTypeSymbol type) => new(
        type.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary).Select(HandlerParser.Signature),
        StringComparer.Ordinal);
}
