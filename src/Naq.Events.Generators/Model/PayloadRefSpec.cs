namespace Naq.Events.Generators.Model;

/// <summary>Who writes and reads the values of a type.</summary>
internal enum PayloadSource
{
    /// <summary>The runtime: a simple type.</summary>
    Runtime,

    /// <summary>A class that is generated for the type.</summary>
    Generated,

    /// <summary>A serializer context of the user's.</summary>
    Context,
}

/// <summary>What a value is as text, in tags and messages.</summary>
internal enum PayloadText
{
    /// <summary>None: it has no text of one line.</summary>
    None,

    /// <summary>The runtime formats it.</summary>
    Formatted,

    /// <summary>The name of an enum's value.</summary>
    EnumName,

    /// <summary>The address as it was given.</summary>
    OriginalString,

    /// <summary>What <c>ToString</c> gives.</summary>
    ToString,
}

/// <summary>A use of a type whose values are written as JSON.</summary>
/// <param name="Type">The type as C# writes it, without annotations; a question mark makes a nullable value type.</param>
/// <param name="Source">Who writes and reads it.</param>
/// <param name="Code">The generated class, the method of the runtime's reader, or the user's context.</param>
/// <param name="IsValueType">Whether it is a value type, nullable or not.</param>
/// <param name="IsNullableValueType">Whether it is a nullable value type.</param>
/// <param name="Text">What it is as text.</param>
/// <param name="WireType">What declarations and baselines call it, as <see cref="Contracts.WireType"/> has it.</param>
/// <param name="IsObject">Whether it is a class, struct or record with members: its JSON is an object of known names.</param>
internal sealed record PayloadRefSpec(
    string Type,
    PayloadSource Source,
    string Code,
    bool IsValueType,
    bool IsNullableValueType = false,
    PayloadText Text = PayloadText.None,
    string WireType = "any",
    bool IsObject = false);
