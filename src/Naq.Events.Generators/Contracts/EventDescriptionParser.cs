using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>Works out what the catalog says of an event. Runs only for declarations that changed.</summary>
internal static class EventDescriptionParser
{
    public static EventDescriptionSpec? Parse(DeclaredMethodSpec declared)
    {
        if (declared is not { Method: { Event: { } name } method, Documentation: { } documentation })
            return null;

        var fields = EventShapeParser.ParseFields(method);
        var comment = DocumentationComment.Parse(documentation.Comment);
        return new EventDescriptionSpec(
            name,
            new EventShapeSpec(name.Token, fields.Select(field => field.Field).ToImmutableEquatableArray()),
            documentation.Template,
            comment.Summary,
            fields.Select(field => Describe(field.Field, field.Parameter, comment)).ToImmutableEquatableArray());
    }

    /// <summary>Puts the descriptions of one event together; what they say differently, the first says.</summary>
    public static EventDescriptionSpec Merge(IReadOnlyList<EventDescriptionSpec> descriptions)
    {
        if (descriptions.Count == 1)
            return descriptions[0];

        var shape = EventShapes.Merge([.. descriptions.Select(description => description.Shape)]);
        return new EventDescriptionSpec(
            descriptions[0].Event,
            shape,
            descriptions.Select(description => description.Template).FirstOrDefault(template => template is not null),
            descriptions.Select(description => description.Summary).FirstOrDefault(summary => summary is not null),
            shape.Fields.Select(field => Merge(field, descriptions)).ToImmutableEquatableArray());
    }

    private static FieldDescriptionSpec Merge(EventFieldSpec field, IReadOnlyList<EventDescriptionSpec> descriptions)
    {
        FieldDescriptionSpec? first = null;
        foreach (var description in descriptions)
        {
            for (var i = 0; i < description.Fields.Count; i++)
            {
                if (description.Shape.Fields[i].Path != field.Path)
                    continue;

                first ??= description.Fields[i];
                if (first.Summary is null && description.Fields[i].Summary is { } summary)
                    first = first with { Summary = summary };
            }
        }

        return first!;
    }

    private static FieldDescriptionSpec Describe(EventFieldSpec field, ParameterSpec? parameter, DocumentationComment comment) =>
        parameter is null
            ? new FieldDescriptionSpec(WireType.String, null)
            : new FieldDescriptionSpec(
                parameter.Role == ParameterRole.Exception ? WireType.String + (field.IsRequired ? "" : "?") : TypeOf(parameter),
                comment.Parameter(parameter.Name.TrimStart('@')));

    // The declaration is modifiers, type and name.
    private static string TypeOf(ParameterSpec parameter)
    {
        var type = parameter.Declaration.Substring(0, parameter.Declaration.Length - parameter.Name.Length - 1);
        foreach (var modifier in new[] { "this ", "in ", "params " })
        {
            if (type.StartsWith(modifier, StringComparison.Ordinal))
                type = type.Substring(modifier.Length);
        }

        return type.Replace("global::", "");
    }
}
