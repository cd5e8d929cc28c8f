namespace Naq.Events.Generators.Model;

/// <summary>One parameter of an event method.</summary>
/// <param name="Name">Its name as C# writes it, <c>@class</c> when it is a keyword.</param>
/// <param name="Declaration">Its declaration in the signature, without attributes and default.</param>
/// <param name="Role">What it fills.</param>
/// <param name="JsonName">The name it has on the wire; of an exception, the first of the two it fills.</param>
/// <param name="Kind">Its type, when it is one of the simple ones.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Payload">How its values are written, when its type is none of the simple ones.</param>
internal sealed record ParameterSpec(
    string Name,
    string Declaration,
    ParameterRole Role,
    string JsonName,
    ValueKind Kind,
    bool IsNullable,
    PayloadRefSpec? Payload = null);
