using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>The events that one attribute of a handler is for, with the conditions it sets.</summary>
/// <param name="Events">The events; empty for every event.</param>
/// <param name="Conditions">What must hold of the event besides; empty when nothing must.</param>
internal sealed record HandlerFilterSpec(
    ImmutableEquatableArray<EventNameSpec> Events, ImmutableEquatableArray<HandlerConditionSpec> Conditions);

/// <summary>How a pattern compares with a field. The names are those of the runtime's methods.</summary>
internal enum HandlerMatch
{
    Equal,
    Any,
    StartsWith,
    EndsWith,
    Contains,
}

/// <summary>A condition on one field of an event.</summary>
/// <param name="Property">The property of the event.</param>
/// <param name="Match">How the field is compared.</param>
/// <param name="Text">The pattern without its wildcards.</param>
internal sealed record HandlerConditionSpec(string Property, HandlerMatch Match, string Text);
