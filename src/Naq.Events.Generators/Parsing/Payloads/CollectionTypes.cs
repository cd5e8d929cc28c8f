using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>A type of the framework that holds elements, and how it is made from a list or dictionary of them.</summary>
/// <param name="Element">The type of the elements; of a dictionary, of its values.</param>
/// <param name="IsDictionary">Whether it is a dictionary with string keys.</param>
/// <param name="FromItems">What makes the type from <c>items</c>, with the element's type for <c>{0}</c>.</param>
internal sealed record CollectionType(ITypeSymbol Element, bool IsDictionary, string FromItems);

/// <summary>Recognises collections.</summary>
internal static class CollectionTypes
{
    private const string Items = "items";
    private const string Generic = "global::System.Collections.Generic.";
    private const string Immutable = "global::System.Collections.Immutable.";

    private static readonly Dictionary<string, string> Sequences = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.List"] = Items,
        ["System.Collections.Generic.IList"] = Items,
        ["System.Collections.Generic.ICollection"] = Items,
        ["System.Collections.Generic.IEnumerable"] = Items,
        ["System.Collections.Generic.IReadOnlyList"] = Items,
        ["System.Collections.Generic.IReadOnlyCollection"] = Items,
        ["System.Collections.Generic.HashSet"] = $"new {Generic}HashSet<{{0}}>(items)",
        ["System.Collections.Generic.ISet"] = $"new {Generic}HashSet<{{0}}>(items)",
        ["System.Collections.Generic.IReadOnlySet"] = $"new {Generic}HashSet<{{0}}>(items)",
        ["System.Collections.Generic.SortedSet"] = $"new {Generic}SortedSet<{{0}}>(items)",
        ["System.Collections.Generic.Queue"] = $"new {Generic}Queue<{{0}}>(items)",
        ["System.Collections.Immutable.ImmutableArray"] = $"{Immutable}ImmutableArray.CreateRange(items)",
        ["System.Collections.Immutable.ImmutableList"] = $"{Immutable}ImmutableList.CreateRange(items)",
        ["System.Collections.Immutable.ImmutableHashSet"] = $"{Immutable}ImmutableHashSet.CreateRange(items)",
    };

    private static readonly Dictionary<string, string> Dictionaries = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary"] = Items,
        ["System.Collections.Generic.IDictionary"] = Items,
        ["System.Collections.Generic.IReadOnlyDictionary"] = Items,
        ["System.Collections.Generic.SortedDictionary"] = $"new {Generic}SortedDictionary<string, {{0}}>(items)",
        ["System.Collections.Immutable.ImmutableDictionary"] = $"{Immutable}ImmutableDictionary.CreateRange(items)",
    };

    public static CollectionType? Find(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.Rank == 1 ? new CollectionType(array.ElementType, false, "items.ToArray()") : null;

        if (type is not INamedTypeSymbol { IsGenericType: true, ContainingType: null } named
            || !PayloadNames.IsOfTheFramework(named))
        {
            return null;
        }

        var name = $"{named.ContainingNamespace.ToDisplayString()}.{named.Name}";
        if (named.TypeArguments.Length == 1)
            return Sequences.TryGetValue(name, out var fromItems) ? Found(named.TypeArguments[0], false, fromItems) : null;

        return named.TypeArguments is [{ SpecialType: SpecialType.System_String }, var value]
            && Dictionaries.TryGetValue(name, out var fromEntries)
            ? Found(value, true, fromEntries)
            : null;
    }

    private static CollectionType Found(ITypeSymbol element, bool isDictionary, string fromItems) =>
        new(element, isDictionary, fromItems.Replace("{0}", PayloadNames.TypeOf(element)));
}
