using Naq.Events.CompilerServices;

namespace Naq.Events.Processing;

/// <summary>A handler that runs.</summary>
/// <param name="Handler">What tells it from others.</param>
/// <param name="Name">Its name.</param>
/// <param name="Policy">What its attributes say.</param>
/// <param name="Event">The event.</param>
/// <param name="Context">Its context, when it asks for one.</param>
/// <param name="Limit">What counts it, when there may be only so many.</param>
internal readonly record struct HandlerCall(
    object Handler, string Name, JobEventHandlerPolicy? Policy, JobEvent Event, JobEventContext? Context, ConcurrencyLimit? Limit);
