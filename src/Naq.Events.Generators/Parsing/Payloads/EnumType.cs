using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Reads the names of an enum.</summary>
internal static class EnumType
{
    public static PayloadSpec Parse(INamedTypeSymbol type) => new()
    {
        Type = PayloadNames.TypeOf(type),
        Namespace = PayloadNames.NamespaceOf(type),
        Name = PayloadNames.NameOf(type),
        Shape = PayloadShape.Enum,
        IsValueType = true,
        IsFlags = type.GetAttributes().Any(attribute => attribute.AttributeClass.IsSystem("FlagsAttribute")),
        EnumMembers = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue)
            .Select(field => new PayloadEnumMemberSpec(
                CSharpText.Identifier(field.Name),
                JsonAttributes.TextOf(field, "JsonStringEnumMemberNameAttribute") ?? field.Name))
            .ToImmutableEquatableArray(),
    };
}
