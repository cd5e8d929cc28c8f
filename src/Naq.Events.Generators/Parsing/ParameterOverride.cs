using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>What an attribute says a parameter is, in place of what its name says.</summary>
/// <param name="Role">A detail, tag or entry of metadata; of a field, its role.</param>
/// <param name="Name">The name given for it.</param>
/// <param name="Field">The field, if it is one.</param>
/// <param name="Problem">What is wrong with the attribute.</param>
internal sealed record ParameterOverride(
    ParameterRole Role, string? Name = null, EventField? Field = null, string? Problem = null)
{
    /// <summary>What the attributes say; more than one cannot be meant.</summary>
    public static IReadOnlyList<ParameterOverride> FindAll(IParameterSymbol parameter)
    {
        List<ParameterOverride>? found = null;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (Read(attribute) is { } given)
                (found ??= []).Add(given);
        }

        return found ?? (IReadOnlyList<ParameterOverride>)[];
    }

    /// <summary>The name it has on the wire.</summary>
    public string JsonNameOf(IParameterSymbol parameter) => Name ?? SnakeCase.From(parameter.Name);

    private static ParameterOverride? Read(AttributeData attribute) => attribute.AttributeClass switch
    {
        var type when type.IsJobEvents("JobEventTagAttribute") => Entry(ParameterRole.Tag, attribute),
        var type when type.IsJobEvents("JobEventDetailAttribute") => Entry(ParameterRole.Detail, attribute),
        var type when type.IsJobEvents("JobEventMetadataAttribute") => Entry(ParameterRole.MetadataEntry, attribute),
        var type when type.IsJobEvents("JobEventFieldAttribute") => OfField(attribute),
        _ => null,
    };

    private static ParameterOverride Entry(ParameterRole role, AttributeData attribute) =>
        new(role, attribute.ConstructorArguments is [{ Value: string name }] ? name : null);

    private static ParameterOverride? OfField(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: int value }])
            return null; // The compiler says what is wrong.

        return EventField.FromValue(value) is { } field
            ? new ParameterOverride(field.Role, Field: field)
            : new ParameterOverride(ParameterRole.Detail, Problem: FormattableString.Invariant($"{value} is not a JobEventFieldName"));
    }
}
