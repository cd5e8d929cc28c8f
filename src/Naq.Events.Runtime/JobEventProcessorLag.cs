namespace Naq.Events;

/// <summary>How far a processor is behind.</summary>
/// <param name="Events">
/// The events that are stored and not handled: those in its hands, and those that wait for all processors of its name, as of the last
/// delivery, at most 10 seconds ago. A live processor does not know of the latter.
/// </param>
/// <param name="Time">The age of the oldest event in its hands, by the event's timestamp; zero when it has none.</param>
public sealed record JobEventProcessorLag(long Events, TimeSpan Time);
