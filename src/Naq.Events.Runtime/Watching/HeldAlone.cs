namespace Naq.Events.Watching;

/// <summary>The lease of a store that has none: everybody holds it.</summary>
internal sealed class HeldAlone : ILease
{
    public ValueTask<bool> KeepAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => default;
}
