using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>
/// The names of types in declarations and baselines. A name that is none of these is compared as a text: two that differ are not
/// called a conflict, since nothing is known of them.
/// </summary>
internal static class WireType
{
    public const string Any = "any";
    public const string Array = "array";
    public const string Object = "object";
    public const string Number = "number";
    public const string String = "string";

    private const string Boolean = "boolean";

    private static readonly Dictionary<ValueKind, string> Names = new()
    {
        [ValueKind.String] = String,
        [ValueKind.Boolean] = "bool",
        [ValueKind.Char] = "char",
        [ValueKind.SByte] = "sbyte",
        [ValueKind.Byte] = "byte",
        [ValueKind.Int16] = "short",
        [ValueKind.UInt16] = "ushort",
        [ValueKind.Int32] = "int",
        [ValueKind.UInt32] = "uint",
        [ValueKind.Int64] = "long",
        [ValueKind.UInt64] = "ulong",
        [ValueKind.Single] = "float",
        [ValueKind.Double] = "double",
        [ValueKind.Decimal] = "decimal",
        [ValueKind.Guid] = "Guid",
        [ValueKind.DateTime] = "DateTime",
        [ValueKind.DateTimeOffset] = "DateTimeOffset",
        [ValueKind.DateOnly] = "DateOnly",
        [ValueKind.TimeOnly] = "TimeOnly",
        [ValueKind.TimeSpan] = "TimeSpan",
    };

    // The implicit numeric conversions of C#, but those from char: on the wire a char is a string.
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.Ordinal)
    {
        ["sbyte"] = ["short", "int", "long", "float", "double", "decimal"],
        ["byte"] = ["short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"],
        ["short"] = ["int", "long", "float", "double", "decimal"],
        ["ushort"] = ["int", "uint", "long", "ulong", "float", "double", "decimal"],
        ["int"] = ["long", "float", "double", "decimal"],
        ["uint"] = ["long", "ulong", "float", "double", "decimal"],
        ["long"] = ["float", "double", "decimal"],
        ["ulong"] = ["float", "double", "decimal"],
        ["float"] = ["double"],
        ["double"] = [],
        ["decimal"] = [],
        [Number] = ["double"],
        ["DateTime"] = ["DateTimeOffset"],
    };

    private static readonly HashSet<string> Numbers = new(
        ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", Number],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Strings = new(
        [String, "char", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "Version", "enum"],
        StringComparer.Ordinal);

    /// <summary>The name of a simple type; <see cref="Any"/> for the others.</summary>
    public static string Of(ValueKind kind) => Names.TryGetValue(kind, out var name) ? name : Any;

    /// <summary>The type in JSON: <c>string</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>any</c>.</summary>
    public static string JsonType(string type) => type switch
    {
        _ when Numbers.Contains(type) => Number,
        _ when Strings.Contains(type) => String,
        "bool" or Boolean => Boolean,
        Array or Object => type,
        _ when type.EndsWith("[]", StringComparison.Ordinal) => Array,
        _ => Any,
    };

    /// <summary>Whether two declarations may both give a field its type: what they write is the same to a JSON reader.</summary>
    public static bool AreCompatible(string one, string other)
    {
        var json = JsonType(one);
        var otherJson = JsonType(other);
        return json == otherJson || json == Any || otherJson == Any;
    }

    /// <summary>Whether a handler's parameter of one type reads every value that a declaration of another writes.</summary>
    public static bool Reads(string bound, string carried) =>
        bound == carried
        || bound == Any
        || carried == Any
        || JsonType(bound) == Any
        || JsonType(carried) == Any
        || (bound == String && JsonType(carried) == String)
        || (bound == Number && JsonType(carried) == Number)
        || (IsArray(bound) && IsArray(carried) && Reads(ElementOf(bound), ElementOf(carried)))
        || (Wider.TryGetValue(carried, out var wider) && wider.Contains(bound));

    private static bool IsArray(string type) => type.EndsWith("[]", StringComparison.Ordinal);

    private static string ElementOf(string array) => array.Substring(0, array.Length - "[]".Length);

    /// <summary>The type of a field that two declarations give different ones: the wider, or what they have in common.</summary>
    public static string Merge(string one, string other)
    {
        if (one == other || Converts(other, one))
            return one;

        if (Converts(one, other))
            return other;

        var json = JsonType(one);
        return json == JsonType(other) ? json : Any;

        static bool Converts(string from, string to) => Wider.TryGetValue(from, out var wider) && wider.Contains(to);
    }
}
