using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>An event that is to be sent.</summary>
/// <param name="Slot">Its place in the window.</param>
/// <param name="Group">The slot of its group's first event, under which its answer comes.</param>
/// <param name="Number">Its number in the group, from 1.</param>
/// <param name="Event">The event.</param>
internal readonly record struct SentEvent(int Slot, int Group, int Number, BufferedEvent Event);
