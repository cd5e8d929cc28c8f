using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>What an event method does with its event.</summary>
internal enum JobEventMethodKind
{
    /// <summary>Returns it.</summary>
    Factory,

    /// <summary>Logs it and never waits.</summary>
    Log,

    /// <summary>Logs it, waiting for room in the buffer.</summary>
    LogAsync,

    /// <summary>Nothing: the declaration breaks a rule.</summary>
    Refused,
}

/// <summary>A method with <c>[JobEvent]</c> whose body is to be written.</summary>
internal sealed record JobEventMethodSpec
{
    public required ContainingTypeSpec ContainingType { get; init; }

    public required JobEventMethodKind Kind { get; init; }

    /// <summary>The modifiers of the declaration, which the other part of the method must repeat.</summary>
    public required string Modifiers { get; init; }

    public required string ReturnType { get; init; }

    public required string Name { get; init; }

    /// <summary>The event; <see langword="null"/> only of a refused method.</summary>
    public required EventNameSpec? Event { get; init; }

    public required ImmutableEquatableArray<ParameterSpec> Parameters { get; init; }

    /// <summary>The message template, or <see langword="null"/> when the event has none.</summary>
    public required ImmutableEquatableArray<MessagePartSpec>? Message { get; init; }

    /// <summary>The types that its parameters need a class for. It is taken off before the method goes on.</summary>
    public ImmutableEquatableArray<PayloadSpec> Payloads { get; init; } = ImmutableEquatableArray<PayloadSpec>.Empty;

    public ParameterSpec? Find(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Role == role);

    public IEnumerable<ParameterSpec> FindAll(ParameterRole role) => Parameters.Where(parameter => parameter.Role == role);
}
