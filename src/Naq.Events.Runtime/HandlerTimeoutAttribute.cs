namespace Naq.Events;

/// <summary>
/// How long a handler may take, in place of <see cref="JobEventProcessorOptions.HandlerTimeout"/>. On a class it holds for each of its
/// handlers that has none of its own. A handler can ask for more with <see cref="JobEventContext.ExtendTimeout"/>.
/// </summary>
/// <param name="seconds">The time in seconds, 0.001 to 86,400.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class HandlerTimeoutAttribute(double seconds) : Attribute
{
    /// <summary>The time in seconds.</summary>
    public double Seconds { get; } = seconds;
}
