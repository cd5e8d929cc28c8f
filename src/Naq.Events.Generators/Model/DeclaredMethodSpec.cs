namespace Naq.Events.Generators.Model;

/// <summary>An event method with its documentation. They part early: an edit of a comment must not write the body anew.</summary>
/// <param name="Method">The method.</param>
/// <param name="Documentation">What only the catalog needs; <see langword="null"/> of a refused method.</param>
internal sealed record DeclaredMethodSpec(JobEventMethodSpec Method, EventDocumentationSpec? Documentation);

/// <summary>What the catalog says of an event beside its fields.</summary>
/// <param name="Template">The message template as it is written.</param>
/// <param name="Comment">The lines of the documentation comment as they are written: reading them is left until they change.</param>
internal sealed record EventDocumentationSpec(string? Template, string Comment);
