namespace Naq.Events.Generators.Model;

/// <summary>Where the value of a handler's parameter comes from.</summary>
internal enum HandlerArgumentSource
{
    /// <summary>The event itself.</summary>
    Event,

    /// <summary>The delivery.</summary>
    Context,

    /// <summary>The token that ends the handler's time.</summary>
    CancellationToken,

    /// <summary>A property of the event that always has a value.</summary>
    Property,

    /// <summary>A property of the event that may be absent.</summary>
    OptionalProperty,

    /// <summary>The event's duration, as a time span.</summary>
    Duration,

    /// <summary>An entry of details, tags or metadata, by name.</summary>
    Entry,

    /// <summary>Such an entry, or all details when there is none of that name.</summary>
    EntryOrDetails,

    /// <summary>A service of the delivery; the property is its type.</summary>
    Service,
}

/// <summary>What happens when the event does not carry a handler's parameter.</summary>
internal enum HandlerArgumentAbsence
{
    /// <summary>Binding fails.</summary>
    Throws,

    /// <summary>The parameter is null.</summary>
    IsNull,

    /// <summary>The parameter has the default value of its declaration.</summary>
    IsDefault,
}

/// <summary>One argument of the call of a handler method.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Property">The property of the event, for the sources that are one.</param>
/// <param name="JsonName">The name on the wire, as errors and look-ups use it.</param>
/// <param name="Kind">The type to read, for an entry.</param>
/// <param name="Absence">What happens when the event does not carry it.</param>
/// <param name="Default">The default value, as an expression.</param>
/// <param name="Payload">How an entry is read, when its type is none of the simple ones.</param>
internal sealed record HandlerArgumentSpec(
    HandlerArgumentSource Source,
    string Property = "",
    string JsonName = "",
    ValueKind Kind = ValueKind.None,
    HandlerArgumentAbsence Absence = HandlerArgumentAbsence.Throws,
    string Default = "",
    PayloadRefSpec? Payload = null);
