using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Recognises the simple types.</summary>
internal static class ValueKinds
{
    public const string Supported =
        "string, bool, char, a number, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, or one of these made nullable";

    /// <summary>The kind of a type, nullable or not; <see cref="ValueKind.None"/> when it is not a simple one.</summary>
    public static ValueKind Of(ITypeSymbol type)
    {
        var bare = type.WithoutNullable();
        return bare.SpecialType switch
        {
            SpecialType.System_String => ValueKind.String,
            SpecialType.System_Boolean => ValueKind.Boolean,
            SpecialType.System_Char => ValueKind.Char,
            SpecialType.System_SByte => ValueKind.SByte,
            SpecialType.System_Byte => ValueKind.Byte,
            SpecialType.System_Int16 => ValueKind.Int16,
            SpecialType.System_UInt16 => ValueKind.UInt16,
            SpecialType.System_Int32 => ValueKind.Int32,
            SpecialType.System_UInt32 => ValueKind.UInt32,
            SpecialType.System_Int64 => ValueKind.Int64,
            SpecialType.System_UInt64 => ValueKind.UInt64,
            SpecialType.System_Single => ValueKind.Single,
            SpecialType.System_Double => ValueKind.Double,
            SpecialType.System_Decimal => ValueKind.Decimal,
            SpecialType.System_DateTime => ValueKind.DateTime,
            _ when bare.IsSystem("Guid") => ValueKind.Guid,
            _ when bare.IsSystem("DateTimeOffset") => ValueKind.DateTimeOffset,
            _ when bare.IsSystem("DateOnly") => ValueKind.DateOnly,
            _ when bare.IsSystem("TimeOnly") => ValueKind.TimeOnly,
            _ when bare.IsSystem("TimeSpan") => ValueKind.TimeSpan,
            _ => ValueKind.None,
        };
    }

    /// <summary>Whether C# converts the kind to <see langword="double"/> by itself.</summary>
    public static bool ConvertsToDouble(ValueKind kind) =>
        kind is >= ValueKind.SByte and <= ValueKind.Double;

    /// <summary>Whether C# converts the kind to <see langword="int"/> by itself.</summary>
    public static bool ConvertsToInt32(ValueKind kind) =>
        kind is ValueKind.SByte or ValueKind.Byte or ValueKind.Int16 or ValueKind.UInt16 or ValueKind.Int32;

    /// <summary>Whether C# converts <see langword="int"/> to the kind by itself.</summary>
    public static bool ConvertsFromInt32(ValueKind kind) =>
        kind is ValueKind.Int32 or ValueKind.Int64 or ValueKind.Single or ValueKind.Double or ValueKind.Decimal;
}
