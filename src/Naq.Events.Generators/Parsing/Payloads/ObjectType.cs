using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Reads a record, class or struct: its members, and how to make one. The rules are those of System.Text.Json.</summary>
internal static class ObjectType
{
    public static PayloadSpec? Parse(INamedTypeSymbol type, PayloadGraph graph)
    {
        if (ObjectConstructor.Find(type, graph.Assembly, out var problem) is not { } constructor)
        {
            _ = graph.Refuse(type, problem!);
            return null;
        }

        var members = new List<ObjectMember>();
        foreach (var symbol in ObjectMember.Candidates(type))
        {
            if (ObjectMember.Parse(symbol, type, graph, constructor, out var failed) is { } member)
                members.Add(member);
            else if (failed)
                return null;
        }

        var duplicate = members
            .GroupBy(member => member.Spec.JsonName, member => member.Symbol.Name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        if (duplicate is not null)
        {
            _ = graph.Refuse(
                type, $"its members '{duplicate.First()}' and '{duplicate.ElementAt(1)}' are both '{duplicate.Key}'");
            return null;
        }

        var ordered = members.OrderBy(member => JsonAttributes.OrderOf(member.Symbol)).ToList();
        if (constructor.Arguments(ordered, out var unmatched) is not { } arguments)
        {
            _ = graph.Refuse(type, $"the parameter '{unmatched}' of its constructor is named after none of its members");
            return null;
        }

        return new PayloadSpec
        {
            Type = PayloadNames.TypeOf(type),
            Namespace = PayloadNames.NamespaceOf(type),
            Name = PayloadNames.NameOf(type),
            Shape = PayloadShape.Object,
            IsValueType = type.IsValueType,
            Members = ordered.Select(member => member.Spec).ToImmutableEquatableArray(),
            Arguments = arguments.ToImmutableEquatableArray(),
        };
    }
}
