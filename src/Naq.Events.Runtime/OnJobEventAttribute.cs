namespace Naq.Events;

/// <summary>
/// Marks a method of a partial class as a handler of job events, or a partial class as a handler with a method
/// <c>HandleAsync</c>. Without arguments it handles every event. It may be repeated.
/// </summary>
/// <remarks>
/// A handler returns <see langword="void"/>, <see cref="Task"/> or <see cref="ValueTask"/>. Its parameters bind to the event
/// (<see cref="JobEvent"/>), its context (<see cref="JobEventContext"/>), a <see cref="CancellationToken"/>, or by name to the
/// event's fields and details.
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

    /// <summary>The standard types handled; empty when the handler is declared by name or for every event.</summary>
    public IReadOnlyList<JobEventType> Types { get; } = [];

    /// <summary>The event names handled; empty when the handler is declared by type or for every event.</summary>
    public IReadOnlyList<string> Names { get; } = [];
}
