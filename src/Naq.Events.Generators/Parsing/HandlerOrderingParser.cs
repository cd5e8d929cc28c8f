using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads which events a handler class, or else the nearest of its base classes that says so, needs one after the other.</summary>
internal static class HandlerOrderingParser
{
    private const string ByKey = "PerKey";

    /// <summary>Which; <see langword="null"/> when nothing says so.</summary>
    public static HandlerOrderingSpec? Parse(INamedTypeSymbol type, Problems problems)
    {
        AttributeData? attribute = null;
        for (INamedTypeSymbol? current = type; current is not null && attribute is null; current = current.BaseType)
            attribute = current.GetAttributes().FirstOrDefault(static candidate => candidate.AttributeClass.IsJobEvents("OrderingAttribute"));

        if (attribute is null)
            return null;

        var value = attribute.ConstructorArguments.FirstOrDefault();
        if (value.Kind != TypedConstantKind.Enum)
        {
            problems.AddSilently();
            return null;
        }

        var member = value.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value.Value))?.Name;
        var key = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Key").Value.Value as string;
        if (member is null)
            Refuse("ordering", $"is {value.Value}, which is none of its values");
        else if (member == ByKey && string.IsNullOrWhiteSpace(key))
            Refuse("Key", "is empty, and must name the detail, tag or metadata entry that the order is by");
        else if (member != ByKey && key is not null)
            Refuse("Key", $"is '{key}', but the order is {member}, which has no key");

        return member is null ? null : new HandlerOrderingSpec(member, key);

        void Refuse(string argument, string why) =>
            problems.Add(Rules.InvalidPolicy, () => AttributeSyntaxes.Locate(attribute), null, argument, why);
    }
}
