namespace Naq.Events.Processing;

/// <summary>An event on its way to handlers.</summary>
/// <param name="Event">The event.</param>
/// <param name="Services">The application's services.</param>
/// <param name="Processor">The durable processor's name.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="FirstSeen">When this process was first given it.</param>
internal readonly record struct HandlerDelivery(
    JobEvent Event, IServiceProvider Services, string? Processor, int Attempt, DateTimeOffset FirstSeen = default);
