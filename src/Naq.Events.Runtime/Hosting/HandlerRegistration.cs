namespace Naq.Events.Hosting;

/// <summary>A handler class that the host's processor is to have.</summary>
/// <param name="Add">Adds it.</param>
internal sealed record HandlerRegistration(Action<JobEventProcessor> Add);
