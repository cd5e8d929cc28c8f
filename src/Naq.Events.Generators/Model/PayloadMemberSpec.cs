namespace Naq.Events.Generators.Model;

/// <summary>When a member is left out of the JSON.</summary>
internal enum PayloadOmission
{
    Never,
    WhenNull,
    WhenDefault,
    Always,
}

/// <summary>How a member gets its value when it is read.</summary>
internal enum PayloadSetting
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By an assignment.</summary>
    Assigned,

    /// <summary>By the object initializer.</summary>
    Initialized,

    /// <summary>By a copy of the record, since it may only be initialized and may be absent.</summary>
    Copied,

    /// <summary>By the constructor.</summary>
    Constructed,
}

/// <summary>A property or field that is written, read or both.</summary>
/// <param name="Name">Its name as C# writes it.</param>
/// <param name="JsonName">Its name on the wire.</param>
/// <param name="Value">Its type.</param>
/// <param name="Omission">When it is not written.</param>
/// <param name="Setting">How it is read.</param>
/// <param name="IsRequired">Whether the JSON must have it.</param>
/// <param name="Redaction">What is written in the place of its value.</param>
internal sealed record PayloadMemberSpec(
    string Name,
    string JsonName,
    PayloadRefSpec Value,
    PayloadOmission Omission,
    PayloadSetting Setting,
    bool IsRequired,
    Redaction Redaction = Redaction.None);
