namespace Naq.Events;

/// <summary>
/// Exceptions that another try would only bring again: the event becomes a dead letter at once. On a class it holds for each of its
/// handlers that has none of its own; those of <see cref="JobEventProcessorOptions.NeverRetry"/> hold too.
/// </summary>
/// <param name="exceptions">The types of exceptions, those derived from them included.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class NeverRetryAttribute(params Type[] exceptions) : Attribute
{
    /// <summary>The types of exceptions.</summary>
    public IReadOnlyList<Type> Exceptions { get; } = exceptions;
}
