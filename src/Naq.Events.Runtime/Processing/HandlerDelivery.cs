namespace Naq.Events.Processing;

/// <summary>An event on its way to handlers.</summary>
/// <param name="Event">The event.</param>
/// <param name="Services">The application's services.</param>
/// <param name="Processor">The durable processor's name.</param>
/// <param name="Delivery">Which delivery this is, from 1.</param>
internal readonly record struct HandlerDelivery(JobEvent Event, IServiceProvider Services, string? Processor, int Delivery)
{
    public JobEventContext Context(IServiceProvider services) => new(services, Processor, Delivery, Event.Sequence);
}
