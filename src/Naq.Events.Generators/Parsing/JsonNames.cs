using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Finds names that are free.</summary>
internal static class JsonNames
{
    /// <summary>The attribute that would give a parameter a name of its own, for the code fix.</summary>
    public static string? WayOut(ParameterSpec parameter, ParameterSpec other, IMethodSymbol method)
    {
        if (parameter.Role == other.Role && AttributeOf(parameter.Role) is { } attribute)
        {
            var taken = method.Parameters.Select(NameOf).Append(other.JsonName).ToList();
            return $"{attribute}({CSharpText.Literal(new UniqueNames(taken).Take(parameter.JsonName, "_"))})";
        }

        // A second value for a field is not one for the field.
        return parameter.Kind != ValueKind.None && AttributeOf(parameter.Role) is null ? "JobEventDetail" : null;
    }

    private static string? AttributeOf(ParameterRole role) => role switch
    {
        ParameterRole.Detail => "JobEventDetail",
        ParameterRole.Tag => "JobEventTag",
        ParameterRole.MetadataEntry => "JobEventMetadata",
        _ => null,
    };

    private static string NameOf(IParameterSymbol parameter) =>
        ParameterOverride.FindAll(parameter) is [{ Field: null } given]
            ? given.JsonNameOf(parameter)
            : SnakeCase.From(parameter.Name);
}
