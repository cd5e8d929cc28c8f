namespace Naq.Events;

/// <summary>
/// Keeps a value out of the event: <c>***</c> takes its place in details, tags, metadata, text fields and the message. That a
/// value is <see langword="null"/> still shows, as it is then left out.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RedactAttribute : Attribute;
