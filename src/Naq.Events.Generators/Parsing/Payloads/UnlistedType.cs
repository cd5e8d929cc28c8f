using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>A type that no serializer context lists. It is for diagnostics only, and never part of a model.</summary>
/// <param name="Context">The context that should list it.</param>
/// <param name="Type">The type, as <c>typeof</c> takes it.</param>
internal sealed record UnlistedType(INamedTypeSymbol Context, string Type)
{
    /// <summary>Where the context is declared, if that is in this compilation.</summary>
    public Location? Declaration => Context.Locations.FirstOrDefault(location => location.IsInSource);
}
