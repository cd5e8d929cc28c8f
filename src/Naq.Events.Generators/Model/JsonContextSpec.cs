using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>The serializer context of an assembly's payload types.</summary>
/// <param name="Namespace">Its namespace, the assembly's root namespace; <see langword="null"/> for the global one.</param>
/// <param name="Types">The types it knows, in ordinal order of their names.</param>
internal sealed record JsonContextSpec(string? Namespace, ImmutableEquatableArray<JsonContextTypeSpec> Types);

/// <summary>A type that a serializer context knows.</summary>
/// <param name="Property">The property for it.</param>
/// <param name="Type">The type.</param>
/// <param name="Class">The class that writes and reads it.</param>
/// <param name="Read">That class's reading method.</param>
internal sealed record JsonContextTypeSpec(string Property, string Type, string Class, string Read);

/// <summary>A payload type with the name of the file its class goes into.</summary>
internal sealed record PayloadFileSpec(string HintName, PayloadSpec Payload);
