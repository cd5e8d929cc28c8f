namespace Naq.Events;

/// <summary>
/// Keeps a value out of the event: <c>***</c> takes its place in details, tags, metadata, text fields and the message. That a
/// value is <see langword="null"/> still shows, as it is then left out.
/// </summary>
/// <remarks>
/// It goes on parameters of <see cref="JobEventAttribute"/> methods, and on string members of the types they carry.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RedactAttribute : Attribute;
