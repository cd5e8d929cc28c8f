using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Reads the attributes of System.Text.Json.</summary>
internal static class JsonAttributes
{
    private const string Namespace = "System.Text.Json.Serialization";

    // What these ask for only System.Text.Json does.
    private static readonly string[] Unsupported =
    [
        "JsonConverterAttribute", "JsonPolymorphicAttribute", "JsonDerivedTypeAttribute", "JsonNumberHandlingAttribute",
        "JsonExtensionDataAttribute", "JsonUnmappedMemberHandlingAttribute", "JsonObjectCreationHandlingAttribute",
    ];

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    public static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(Namespace, name));

    /// <summary>The text that an attribute is given, or <see langword="null"/> without the attribute.</summary>
    public static string? TextOf(ISymbol symbol, string name) =>
        Find(symbol, name) is { ConstructorArguments: [{ Value: string text }] } ? text : null;

    public static int OrderOf(ISymbol symbol) =>
        Find(symbol, "JsonPropertyOrderAttribute") is { ConstructorArguments: [{ Value: int order }] } ? order : 0;

    /// <summary>An attribute that this generator does not honour, as it is written.</summary>
    public static string? FindUnsupported(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type
                && Unsupported.FirstOrDefault(name => type.Is(Namespace, name)) is { } unsupported
                && !IsOfEnumNames(attribute))
            {
                return $"[{unsupported.Substring(0, unsupported.Length - "Attribute".Length)}]";
            }
        }

        return null;
    }

    /// <summary>Whether a member is written, and whether it is read.</summary>
    public static (PayloadOmission Omission, bool IsRead) IgnoreOf(ISymbol symbol)
    {
        if (Find(symbol, "JsonIgnoreAttribute") is not { } attribute)
            return (PayloadOmission.Never, true);

        var condition = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value.Value;
        return condition switch
        {
            0 => (PayloadOmission.Never, true),
            2 => (PayloadOmission.WhenDefault, true),
            3 => (PayloadOmission.WhenNull, true),
            4 => (PayloadOmission.Always, true), // JsonIgnoreCondition.WhenWriting
            5 => (PayloadOmission.Never, false), // JsonIgnoreCondition.WhenReading
            _ => (PayloadOmission.Always, false),
        };
    }

    // The converter that makes names of enums is what happens to them here anyway.
    private static bool IsOfEnumNames(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: INamedTypeSymbol { Name: "JsonStringEnumConverter" } converter }]
        && converter.ContainingNamespace.ToDisplayString() == Namespace;
}
