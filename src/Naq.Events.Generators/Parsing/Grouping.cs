using System.Collections.Immutable;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Brings together what goes into one file.</summary>
internal static class Grouping
{
    public static IEnumerable<JobEventTypeSpec> ByContainingType(ImmutableArray<JobEventMethodSpec?> methods)
    {
        var hints = HintNames();
        foreach (var group in methods.OfType<JobEventMethodSpec>()
            .GroupBy(method => method.ContainingType)
            .OrderBy(group => group.Key.HintName, StringComparer.Ordinal))
        {
            yield return new JobEventTypeSpec(
                hints.Take(group.Key.HintName, "-") + ".JobEvents.g.cs", group.Key, group.ToImmutableEquatableArray());
        }
    }

    public static IEnumerable<HandlerClassSpec> ByHandlerClass(ImmutableArray<HandlerCandidateSpec?> candidates)
    {
        var hints = HintNames();
        foreach (var group in candidates.OfType<HandlerCandidateSpec>()
            .GroupBy(candidate => candidate.Type)
            .OrderBy(group => group.Key.ContainingType.HintName, StringComparer.Ordinal))
        {
            // A method may be found twice: by its own attributes, and by those of its class.
            var methods = group
                .Where(candidate => candidate.Method is not null)
                .GroupBy(candidate => candidate.Signature, StringComparer.Ordinal)
                .OrderBy(same => same.First().Order)
                .Select(same => Merge(same.Select(candidate => candidate.Method!).ToList()));
            var all = group.Key.Inherited.Concat(methods).ToImmutableEquatableArray();
            if (all.Count > 0)
            {
                yield return new HandlerClassSpec(
                    hints.Take(group.Key.ContainingType.HintName, "-") + ".JobEventHandlers.g.cs", group.Key, all);
            }
        }
    }

    // Two files whose names differ in case only are one file to the compiler, and an exception of ours.
    private static UniqueNames HintNames() => new([], StringComparer.OrdinalIgnoreCase);

    private static HandlerMethodSpec Merge(List<HandlerMethodSpec> same) => same.Count == 1
        ? same[0]
        : same[0] with { Filters = same.SelectMany(method => method.Filters).Distinct().ToImmutableEquatableArray() };
}
