using System.Text.Json.Serialization;

namespace Naq.Events;

/// <summary>
/// Names a serializer context of the application's own, for types of details that Naq.Events does not write by itself. It is
/// asked for the types it lists in <see cref="JsonSerializableAttribute"/>.
/// </summary>
/// <param name="contextType">A class with a static property <c>Default</c>, as System.Text.Json's generator writes it.</param>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface,
    AllowMultiple = true)]
public sealed class JobEventJsonContextAttribute(Type contextType) : Attribute
{
    /// <summary>The context, a <see cref="JsonSerializerContext"/>.</summary>
    public Type ContextType { get; } = contextType;
}
