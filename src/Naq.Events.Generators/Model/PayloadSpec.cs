using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>What a payload type is made of.</summary>
internal enum PayloadShape
{
    Enum,
    Sequence,
    Dictionary,
    Object,
}

/// <summary>A type that one class is generated for. It refers to others by name, for it may contain itself.</summary>
internal sealed record PayloadSpec
{
    /// <summary>The type as C# writes it, without annotations.</summary>
    public required string Type { get; init; }

    /// <summary>The namespace of the generated class.</summary>
    public required string Namespace { get; init; }

    /// <summary>A name for the type: <c>ImageInfo</c>, <c>ListOfImageInfo</c>; <c>Json</c> is added for the class.</summary>
    public required string Name { get; init; }

    public required PayloadShape Shape { get; init; }

    public required bool IsValueType { get; init; }

    /// <summary>Of a sequence its elements, of a dictionary its values.</summary>
    public PayloadRefSpec? Element { get; init; }

    /// <summary>What makes the type from the list or dictionary <c>items</c>, as an expression.</summary>
    public string FromItems { get; init; } = "";

    /// <summary>The members of an enum, in the order of their declaration.</summary>
    public ImmutableEquatableArray<PayloadEnumMemberSpec> EnumMembers { get; init; } =
        ImmutableEquatableArray<PayloadEnumMemberSpec>.Empty;

    public bool IsFlags { get; init; }

    /// <summary>The members of an object, in the order they are written.</summary>
    public ImmutableEquatableArray<PayloadMemberSpec> Members { get; init; } = ImmutableEquatableArray<PayloadMemberSpec>.Empty;

    /// <summary>The arguments of the constructor that reading calls.</summary>
    public ImmutableEquatableArray<PayloadArgumentSpec> Arguments { get; init; } =
        ImmutableEquatableArray<PayloadArgumentSpec>.Empty;

    public string ClassName => Name + "Json";

    public string FullClassName => $"global::{Namespace}.{ClassName}";
}

/// <summary>One member of an enum.</summary>
/// <param name="Name">Its name as C# writes it.</param>
/// <param name="JsonName">Its name on the wire.</param>
internal sealed record PayloadEnumMemberSpec(string Name, string JsonName);

/// <summary>An argument of a constructor.</summary>
/// <param name="Member">The index of the member whose value it is, or -1 for none.</param>
/// <param name="Default">Its value when the JSON has none, as an expression.</param>
internal sealed record PayloadArgumentSpec(int Member, string Default);
