using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>A type that declares events: one generated file.</summary>
internal sealed record JobEventTypeSpec(
    string HintName, ContainingTypeSpec Type, ImmutableEquatableArray<JobEventMethodSpec> Methods);
