namespace Naq.Events;

/// <summary>
/// Fills a parameter of a handler from <see cref="JobEventContext.Services"/>. A service that is not registered fails the
/// handler, unless the parameter is nullable.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
