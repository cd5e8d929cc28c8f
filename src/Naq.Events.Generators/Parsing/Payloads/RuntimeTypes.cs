using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>The types that the runtime writes and reads by itself.</summary>
internal static class RuntimeTypes
{
    /// <summary>A use of such a type, or <see langword="null"/> when it is none.</summary>
    public static PayloadRefSpec? Find(ITypeSymbol type)
    {
        var bare = type.WithoutNullable();
        var isNullable = !SymbolEqualityComparer.Default.Equals(bare, type);
        var orNull = isNullable ? "OrNull" : "";

        var kind = ValueKinds.Of(bare);
        if (kind == ValueKind.String)
            return Spec("Text", isValueType: false, PayloadText.Formatted, WireType.String);

        if (kind != ValueKind.None || IsFurtherNumber(bare))
        {
            return Spec(
                $"Value{orNull}<{PayloadNames.TypeOf(bare)}>",
                isValueType: true,
                PayloadText.Formatted,
                kind == ValueKind.None ? WireType.Number : WireType.Of(kind));
        }

        if (bare.IsSystem("Uri"))
            return Spec("Address", isValueType: false, PayloadText.OriginalString, "Uri");

        if (bare.IsSystem("Version"))
            return Spec("Version", isValueType: false, PayloadText.ToString, "Version");

        if (bare is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return Spec("Bytes", isValueType: false, PayloadText.None, WireType.String);

        return bare.Is("System.Text.Json", "JsonElement")
            ? Spec("Json" + orNull, isValueType: true, PayloadText.None, WireType.Any)
            : null;

        PayloadRefSpec Spec(string method, bool isValueType, PayloadText text, string wireType) => new(
            PayloadNames.TypeOf(type),
            PayloadSource.Runtime,
            method,
            isValueType,
            isNullable,
            text,
            wireType);
    }

    private static bool IsFurtherNumber(ITypeSymbol type) =>
        type.IsSystem("Half") || type.IsSystem("Int128") || type.IsSystem("UInt128");
}
