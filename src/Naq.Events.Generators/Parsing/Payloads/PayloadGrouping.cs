using System.Collections.Immutable;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Brings together the payload types of all declarations.</summary>
internal static class PayloadGrouping
{
    // What JsonSerializerContext, or object, has already.
    private static readonly string[] Members =
        ["Default", "Options", "GetTypeInfo", "GeneratedSerializerOptions", "Equals", "GetHashCode", "GetType", "ToString",
            "MemberwiseClone", "Finalize", "ReferenceEquals", "NaqEventsJsonContext"];

    /// <summary>One file for each type, whatever number of declarations use it.</summary>
    public static IEnumerable<PayloadFileSpec> ByType(ImmutableArray<ImmutableEquatableArray<PayloadSpec>> payloads)
    {
        // Two files whose names differ in case only are one file to the compiler.
        var hints = new UniqueNames([], StringComparer.OrdinalIgnoreCase);
        foreach (var payload in Distinct(payloads))
        {
            var name = payload.FullClassName.Substring("global::".Length).Replace("@", "");
            yield return new PayloadFileSpec(hints.Take(name, "-") + ".g.cs", payload);
        }
    }

    /// <summary>The assembly's serializer context; none when it has no payload types.</summary>
    public static IEnumerable<JsonContextSpec> Context(ImmutableArray<PayloadFileSpec> files, string? @namespace)
    {
        if (files.IsEmpty)
            return [];

        var names = new UniqueNames(Members);
        var types = new List<JsonContextTypeSpec>();
        foreach (var payload in files.Select(file => file.Payload))
        {
            var property = CSharpText.Identifier(names.Take(payload.Name));
            types.Add(new JsonContextTypeSpec(property, payload.Type, payload.FullClassName, "Read"));
            if (payload.IsValueType)
            {
                types.Add(new JsonContextTypeSpec(
                    names.Take("Nullable" + payload.Name), payload.Type + "?", payload.FullClassName, "ReadOrNull"));
            }
        }

        return [new JsonContextSpec(@namespace, types.ToImmutableEquatableArray())];
    }

    private static IEnumerable<PayloadSpec> Distinct(ImmutableArray<ImmutableEquatableArray<PayloadSpec>> payloads) => payloads
        .SelectMany(list => list)
        .GroupBy(payload => payload.FullClassName, StringComparer.Ordinal)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => same.First());
}
