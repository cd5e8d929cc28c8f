namespace Naq.Events;

/// <summary>
/// Marks a method of a partial class as a handler of job events, or a partial class as a handler with a method
/// <c>HandleAsync</c>. Without arguments it handles every event. It may be repeated.
/// </summary>
/// <remarks>
/// A handler returns <see langword="void"/>, <see cref="Task"/> or <see cref="ValueTask"/>. Its parameters bind to the event
/// (<see cref="JobEvent"/>), its context (<see cref="JobEventContext"/>), a <see cref="CancellationToken"/>, a service
/// (<see cref="FromServicesAttribute"/>), or by name to the event's fields and details. The handlers of a class's base classes
/// are also its own; a derived class with none has them listed by <see cref="JobEventHandlersAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OnJobEventAttribute : Attribute
{
    /// <summary>Handles every event.</summary>
    public OnJobEventAttribute()
    {
    }

    /// <summary>Handles events of these standard types.</summary>
    /// <param name="types">One type or more.</param>
    public OnJobEventAttribute(params JobEventType[] types) => Types = types;

    /// <summary>Handles events of these names.</summary>
    /// <param name="names">One wire token or more, such as <c>payment_captured</c>.</param>
    public OnJobEventAttribute(params string[] names) => Names = names;

    /// <summary>
    /// The queue whose events are handled; every event when <see langword="null"/>. A <c>*</c> at the start or the end stands for
    /// any text; alone it stands for any queue, but not for none. Upper and lower case differ.
    /// </summary>
    public string? Queue { get; set; }

    /// <summary>The kind of worker whose events are handled, written as <see cref="Queue"/> is.</summary>
    public string? WorkerType { get; set; }

    /// <summary>The service whose events are handled, written as <see cref="Queue"/> is.</summary>
    public string? Service { get; set; }

    /// <summary>The standard types handled; empty when the handler is declared by name or for every event.</summary>
    public IReadOnlyList<JobEventType> Types { get; } = [];

    /// <summary>The event names handled; empty when the handler is declared by type or for every event.</summary>
    public IReadOnlyList<string> Names { get; } = [];
}
