using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads a class with handlers, apart from its methods.</summary>
internal static class HandlerTypeParser
{
    private const string TableName = "JobEventTable";

    public static HandlerTypeSpec? Parse(INamedTypeSymbol type, Problems problems)
    {
        if (type.TypeKind != TypeKind.Class)
            return Refuse(type, "a class: a table of handlers belongs to an object that keeps its identity");

        if (type.IsStatic)
            return Refuse(type, "a class that is not static, as it implements IJobEventHandlers");

        if (ContainingTypeParser.FindObstacle(type) is var (obstacle, demand))
            return Refuse(obstacle, demand);

        var inherited = InheritedHandlers.Of(type);
        return new HandlerTypeSpec(
            ContainingTypeParser.Parse(type),
            type.Name,
            SelfName(type),
            // The base class's table has the plain name, and is not there yet to be seen.
            FreeName(type, inherited.Count > 0 ? type.Name + TableName : TableName),
            inherited,
            HandlerOrderingParser.Parse(type, problems));

        HandlerTypeSpec? Refuse(INamedTypeSymbol culprit, string demanded)
        {
            problems.Add(Rules.HandlerClassNotPartial, type, type.Name, culprit.Name, demanded);
            return null;
        }
    }

    // Within the class its simple name means the class, unless it inherits a member of that name.
    private static string SelfName(INamedTypeSymbol type)
    {
        if (type.BaseType is { } parent && HasMember(parent, type.Name))
            return CSharpText.Type(type);

        var parameters = type.TypeParameters.Select(parameter => CSharpText.Identifier(parameter.Name));
        return CSharpText.Identifier(type.Name) + (type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", parameters)}>");
    }

    // Inherited names count too: hiding one would be a warning in code the user did not write.
    private static string FreeName(INamedTypeSymbol type, string wanted)
    {
        var name = wanted;
        for (var i = 2; HasMember(type, name); i++)
            name = FormattableString.Invariant($"{wanted}{i}");

        return name;
    }

    private static bool HasMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }
}
