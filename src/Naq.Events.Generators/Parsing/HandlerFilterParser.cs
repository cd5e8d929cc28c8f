using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads the filters of <c>[OnJobEvent]</c>.</summary>
internal static class HandlerFilterParser
{
    private const char Wildcard = '*';

    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["Queue"] = "QueueName",
        ["WorkerType"] = "WorkerType",
        ["Service"] = "Service",
    };

    public static ImmutableEquatableArray<HandlerConditionSpec> Parse(AttributeData attribute, Problems problems)
    {
        var conditions = new List<HandlerConditionSpec>();
        foreach (var argument in attribute.NamedArguments.OrderBy(argument => argument.Key, StringComparer.Ordinal))
        {
            if (!Properties.TryGetValue(argument.Key, out var property) || argument.Value.Value is not string pattern)
                continue;

            if (Parse(property, pattern) is { } condition)
            {
                conditions.Add(condition);
                continue;
            }

            problems.Add(
                Rules.InvalidFilter,
                () => AttributeSyntaxes.Locate(attribute),
                null,
                argument.Key,
                pattern.Length == 0 ? "is empty" : $"has a '*' inside: '{pattern}'");
        }

        return conditions.ToImmutableEquatableArray();
    }

    /// <summary>What a pattern means; <see langword="null"/> when it means nothing.</summary>
    public static HandlerConditionSpec? Parse(string property, string pattern)
    {
        if (pattern.Length == 0)
            return null;

        if (pattern.All(c => c == Wildcard))
            return new HandlerConditionSpec(property, HandlerMatch.Any, "");

        var start = pattern[0] == Wildcard;
        var end = pattern[pattern.Length - 1] == Wildcard;
        var text = pattern.Substring(start ? 1 : 0, pattern.Length - (start ? 1 : 0) - (end ? 1 : 0));
        return text.IndexOf(Wildcard) >= 0
            ? null
            : new HandlerConditionSpec(
                property,
                (start, end) switch
                {
                    (true, true) => HandlerMatch.Contains,
                    (true, false) => HandlerMatch.EndsWith,
                    (false, true) => HandlerMatch.StartsWith,
                    _ => HandlerMatch.Equal,
                },
                text);
    }
}
