namespace Naq.Events.Generators.Model;

/// <summary>The event that a method declares or handles.</summary>
/// <param name="Token">Its wire token.</param>
/// <param name="StandardType">The member of <c>JobEventType</c>, or <see langword="null"/> for an application's own event.</param>
internal sealed record EventNameSpec(string Token, string? StandardType);
