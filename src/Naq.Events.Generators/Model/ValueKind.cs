namespace Naq.Events.Generators.Model;

/// <summary>The types a detail, a tag or a bound handler parameter may have. The names are those of the binder's methods.</summary>
internal enum ValueKind
{
    None,
    String,
    Boolean,
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
}
