namespace Naq.Events.Logging.Spooling;

/// <summary>Events that were dropped from a spool, or are lost in damage: one after the other.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstOrder">The first of them, or one before it; 0 where it is not known.</param>
internal sealed record VanishedEvents(long Count, long FirstOrder);
