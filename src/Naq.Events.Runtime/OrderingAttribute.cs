namespace Naq.Events;

/// <summary>
/// Which events the handlers of this class need one after the other. An event has one place in the order of a processor, whichever handlers it goes to, so the
/// processor that the class is added to must have this order: it does when all of its classes say the same and its options say nothing, or when they say it too.
/// Otherwise it does not start, and says so: give the class a processor of its own.
/// </summary>
/// <param name="ordering">Which events.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OrderingAttribute(JobEventOrdering ordering) : Attribute
{
    /// <summary>Which events.</summary>
    public JobEventOrdering Ordering { get; } = ordering;

    /// <summary>For <see cref="JobEventOrdering.PerKey"/>: the name of a detail, tag or metadata entry, as <see cref="JobEventProcessorOptions.OrderingKey"/>.</summary>
    public string? Key { get; set; }
}
