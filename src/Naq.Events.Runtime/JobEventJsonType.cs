namespace Naq.Events;

#pragma warning disable CA1720 // JSON's own names for its types.

/// <summary>The type that a field of an event has on the wire.</summary>
public enum JobEventJsonType
{
    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>A string; dates, times, UUIDs and enums too.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}
