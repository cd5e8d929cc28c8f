namespace Naq.Events;

/// <summary>One delivery of an event to a handler.</summary>
public sealed class JobEventContext
{
    internal JobEventContext(IServiceProvider services, string? processor, int delivery, ulong sequence)
    {
        Services = services;
        Processor = processor;
        Delivery = delivery;
        Sequence = sequence;
    }

    /// <summary>The services of this delivery.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The durable processor's name, or <see langword="null"/> for a live one.</summary>
    public string? Processor { get; }

    /// <summary>Which delivery of the event this is, from 1.</summary>
    public int Delivery { get; }

    /// <summary>The event's sequence in its stream.</summary>
    public ulong Sequence { get; }
}
