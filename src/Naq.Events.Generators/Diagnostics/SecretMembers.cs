using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Finds, in the types that a declaration writes, members that are named like secrets and are written as they are.</summary>
internal static class SecretMembers
{
    /// <summary>The members within a parameter's value, to any depth, each once.</summary>
    public static IEnumerable<ISymbol> In(IParameterSymbol parameter, JobEventMethodSpec method)
    {
        var payloads = method.Payloads.ToDictionary(payload => payload.Type, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var types = new Stack<ITypeSymbol>([parameter.Type]);
        while (types.Count > 0)
        {
            var type = types.Pop().WithoutNullable();
            if (!payloads.TryGetValue(PayloadNames.TypeOf(type), out var payload) || !seen.Add(payload.Type))
                continue;

            if (CollectionTypes.Find(type) is { } collection)
                types.Push(collection.Element);

            foreach (var (symbol, member) in ObjectMember.Of(type, payload))
            {
                if (member.Omission == PayloadOmission.Always)
                    continue;

                types.Push(ObjectMember.TypeOf(symbol));
                if (member.Redaction == Redaction.None && IsText(symbol)
                    && (SecretNames.IsSecret(symbol.Name) || SecretNames.IsSecret(member.JsonName)))
                    yield return symbol.OriginalDefinition;
            }
        }
    }

    // Of a type parameter nobody knows whether it could be redacted.
    private static bool IsText(ISymbol member) =>
        ObjectMember.TypeOf(member.OriginalDefinition).SpecialType == SpecialType.System_String;
}
