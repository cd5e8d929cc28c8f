namespace Naq.Events;

/// <summary>
/// Gives a partial class a dispatch table of its own where it has no <see cref="OnJobEventAttribute"/> itself, only handlers it
/// inherits.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobEventHandlersAttribute : Attribute;
