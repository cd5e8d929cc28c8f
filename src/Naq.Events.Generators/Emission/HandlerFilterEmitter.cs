using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints what an event must be for a handler, beyond what the table looks up.</summary>
internal static class HandlerFilterEmitter
{
    private const string Match = "global::Naq.Events.CompilerServices.JobEventMatch";

    /// <summary>The condition, or <see langword="null"/> when the table's look-up says it all.</summary>
    public static string? Emit(HandlerMethodSpec method)
    {
        if (method.Filters.All(filter => filter.Conditions.Count == 0))
            return null;

        var alternatives = method.Filters.Select(filter => Emit(filter, asksForEvent: method.Filters.Count > 1)).ToList();
        return alternatives.Contains("") ? null : string.Join(" || ", alternatives);
    }

    private static string Emit(HandlerFilterSpec filter, bool asksForEvent)
    {
        var conditions = filter.Conditions.Select(Emit).ToList();
        if (asksForEvent && filter.Events.Count > 0)
        {
            var names = filter.Events.Select(name => CSharpText.Literal(name.Token));
            conditions.Insert(0, $"jobEvent.EventName is {string.Join(" or ", names)}");
        }

        var all = string.Join(" && ", conditions);
        return asksForEvent && conditions.Count > 1 ? $"({all})" : all;
    }

    private static string Emit(HandlerConditionSpec condition) => condition.Match switch
    {
        HandlerMatch.Equal => $"jobEvent.{condition.Property} == {CSharpText.Literal(condition.Text)}",
        HandlerMatch.Any => $"{Match}.{condition.Match}(jobEvent.{condition.Property})",
        _ => $"{Match}.{condition.Match}(jobEvent.{condition.Property}, {CSharpText.Literal(condition.Text)})",
    };
}
