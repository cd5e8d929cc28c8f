using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>A class with handler methods: one dispatch table.</summary>
internal sealed record HandlerClassSpec(
    string HintName, HandlerTypeSpec Type, ImmutableEquatableArray<HandlerMethodSpec> Methods);

/// <summary>What is known of a handler class apart from its methods.</summary>
/// <param name="ContainingType">The class, with the types around it.</param>
/// <param name="Name">Its simple name, for the names of handlers.</param>
/// <param name="SelfName">What it calls itself, with its type parameters.</param>
/// <param name="TableName">A name for the nested type that holds the table, which no member of the class has.</param>
/// <param name="Inherited">The handlers of its base classes.</param>
/// <param name="Ordering">Which events it needs one after the other; <see langword="null"/> when it does not say.</param>
internal sealed record HandlerTypeSpec(
    ContainingTypeSpec ContainingType,
    string Name,
    string SelfName,
    string TableName,
    ImmutableEquatableArray<HandlerMethodSpec> Inherited,
    HandlerOrderingSpec? Ordering);

/// <summary>Which events a handler class needs one after the other.</summary>
/// <param name="Ordering">The member that says which.</param>
/// <param name="Key">The name of the entry that the order is by.</param>
internal sealed record HandlerOrderingSpec(string Ordering, string? Key);

/// <summary>A handler method on its way to the table of its class.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Signature">What tells it from other methods of the class.</param>
/// <param name="Order">Its place among the members of the class: handlers run in the order of their declaration.</param>
/// <param name="Method">The method; <see langword="null"/> where the class is only found for what it inherits.</param>
internal sealed record HandlerCandidateSpec(HandlerTypeSpec Type, string Signature, int Order, HandlerMethodSpec? Method);
