using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>Reads from an event method which fields its events carry.</summary>
internal static class EventShapeParser
{
    public const string Details = "details";
    public const string Tags = "tags";
    public const string Metadata = "metadata";

    /// <summary>The shape of what a method declares; <see langword="null"/> of a refused one.</summary>
    public static EventShapeSpec? Parse(JobEventMethodSpec method) => method.Event is null
        ? null
        : new EventShapeSpec(method.Event.Token, ParseFields(method).Select(field => field.Field).ToImmutableEquatableArray());

    /// <summary>The fields in ordinal order, each with the parameter it comes from; the message of a template has none.</summary>
    public static List<(EventFieldSpec Field, ParameterSpec? Parameter)> ParseFields(JobEventMethodSpec method)
    {
        var fields = new List<(EventFieldSpec Field, ParameterSpec? Parameter)>(method.Parameters.Count);
        foreach (var parameter in method.Parameters)
            Add(fields, parameter, method.Message is not null);

        if (method.Message is not null && method.Find(ParameterRole.Message) is null)
            fields.Add((new EventFieldSpec("message", WireType.String, true), null));

        fields.Sort(static (one, other) => string.CompareOrdinal(one.Field.Path, other.Field.Path));
        return fields;
    }

    private static void Add(
        List<(EventFieldSpec Field, ParameterSpec? Parameter)> fields, ParameterSpec parameter, bool hasTemplate)
    {
        switch (parameter.Role)
        {
            case ParameterRole.Logger or ParameterRole.CancellationToken or ParameterRole.JobId or ParameterRole.Timestamp:
                break;

            case ParameterRole.Exception:
                AddField("error_type", WireType.String);
                AddField("error_message", WireType.String);
                break;

            case ParameterRole.Detail:
                AddField($"{Details}.{parameter.JsonName}", WireTypes.Of(parameter));
                break;

            case ParameterRole.Tag:
                AddField($"{Tags}.{parameter.JsonName}", WireTypes.Of(parameter));
                break;

            // Entries of any name: none of them is sure to be there.
            case ParameterRole.Details or ParameterRole.Tags or ParameterRole.Metadata:
                fields.Add((new EventFieldSpec(parameter.JsonName, WireType.Object, false), parameter));
                break;

            // Where the parameter is null the template steps in.
            case ParameterRole.Message when hasTemplate:
                fields.Add((new EventFieldSpec("message", WireType.String, true), parameter));
                break;

            default:
                AddField(parameter.JsonName, WireTypes.OfField(parameter.Role));
                break;
        }

        void AddField(string path, string type) =>
            fields.Add((new EventFieldSpec(path, type, !parameter.IsNullable), parameter));
    }
}
