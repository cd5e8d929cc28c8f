namespace Naq.Events;

/// <summary>
/// How many calls of a handler a processor makes at once, in place of <see cref="JobEventProcessorOptions.HandlerConcurrency"/>. On a class it holds for each of its
/// handlers that has none of its own, not for all of them together. Events that have to wait for a call hold up their own order only.
/// </summary>
/// <param name="calls">The most calls at once in one process, 1 to 10,000.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class HandlerConcurrencyAttribute(int calls) : Attribute
{
    /// <summary>The most calls at once in one process.</summary>
    public int Calls { get; } = calls;
}
