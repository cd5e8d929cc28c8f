using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads the events that attributes name.</summary>
internal static class EventNameParser
{
    private const int MaxLength = 64;

    /// <summary>Reads one argument, a <c>JobEventType</c> or a wire token.</summary>
    public static EventNameSpec? Parse(TypedConstant argument, AttributeData attribute, Problems problems) => argument switch
    {
        { Kind: TypedConstantKind.Error } => Silent(problems),
        { Type.SpecialType: SpecialType.System_String } => FromToken(argument.Value as string ?? "", attribute, problems),
        { Value: int value } => FromValue(value, attribute, problems),
        _ => Silent(problems),
    };

    /// <summary>Reads the arguments of <c>[OnJobEvent]</c>; nothing when it is for every event.</summary>
    public static IEnumerable<EventNameSpec> ParseAll(AttributeData attribute, Problems problems)
    {
        if (attribute.ConstructorArguments.Length == 0)
        {
            yield break;
        }

        var argument = attribute.ConstructorArguments[0];
        if (argument.Kind != TypedConstantKind.Array || argument.IsNull)
        {
            problems.AddSilently();
            yield break;
        }

        foreach (var element in argument.Values)
        {
            if (Parse(element, attribute, problems) is { } name)
            {
                yield return name;
            }
        }
    }

    private static EventNameSpec? FromValue(int value, AttributeData attribute, Problems problems)
    {
        if (StandardEvents.FromValue(value) is { } type)
        {
            return new EventNameSpec(SnakeCase.From(type), type);
        }

        problems.Add(
            Rules.InvalidEventName,
            () => AttributeSyntaxes.Locate(attribute),
            null,
            value == 0
                ? "An event of type Custom is declared by its name: write the name in place of JobEventType.Custom"
                : FormattableString.Invariant($"{value} is not a JobEventType"));
        return null;
    }

    private static EventNameSpec? FromToken(string token, AttributeData attribute, Problems problems)
    {
        if (token.Length is > 0 and <= MaxLength && token.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
        {
            return new EventNameSpec(token, StandardEvents.FromToken(token));
        }

        problems.Add(
            Rules.InvalidEventName,
            () => AttributeSyntaxes.Locate(attribute),
            null,
            $"'{token}' is not an event name: a name is 1 to {MaxLength} characters of a-z, 0-9 and _");
        return null;
    }

    private static EventNameSpec? Silent(Problems problems)
    {
        problems.AddSilently();
        return null;
    }
}
