namespace Naq.Events;

/// <summary>
/// Exceptions that mean that there is nothing to do: the handler is done with the event, which is logged as a warning and is neither
/// tried again nor a dead letter. On a class it holds for each of its handlers that has none of its own; those of
/// <see cref="JobEventProcessorOptions.DropOn"/> hold too, and both go before <see cref="NeverRetryAttribute"/>.
/// </summary>
/// <param name="exceptions">The types of exceptions, those derived from them included.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class DropOnAttribute(params Type[] exceptions) : Attribute
{
    /// <summary>The types of exceptions.</summary>
    public IReadOnlyList<Type> Exceptions { get; } = exceptions;
}
