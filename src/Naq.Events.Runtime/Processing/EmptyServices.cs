namespace Naq.Events.Processing;

/// <summary>Stands in where a processor is used without a container.</summary>
internal sealed class EmptyServices : IServiceProvider
{
    public static EmptyServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
