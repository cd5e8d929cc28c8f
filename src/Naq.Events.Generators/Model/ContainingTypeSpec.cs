using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>The type that a generated member goes into, with the types around it.</summary>
/// <param name="Namespace">Its namespace, or <see langword="null"/> for the global one.</param>
/// <param name="Declarations">What reopens each type, from the outermost: <c>partial class Orders&lt;T&gt;</c>.</param>
/// <param name="HintName">Its name in generated file names: <c>Shop.Orders`1.Events</c>.</param>
internal sealed record ContainingTypeSpec(
    string? Namespace, ImmutableEquatableArray<string> Declarations, string HintName);
