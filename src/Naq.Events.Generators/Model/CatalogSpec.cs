using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>The catalog of an assembly.</summary>
/// <param name="Namespace">Where its class goes; <see langword="null"/> for the global namespace.</param>
/// <param name="Events">The events, one each, in ordinal order.</param>
internal sealed record CatalogSpec(string? Namespace, ImmutableEquatableArray<EventDescriptionSpec> Events);
