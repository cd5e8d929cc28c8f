namespace Naq.Events.Watching;

/// <summary>A role that one holder has at a time. Who does not keep it for a while loses it.</summary>
internal interface ILease
{
    /// <summary>Keeps it, or takes it when it is free.</summary>
    /// <returns>Whether it is held now.</returns>
    ValueTask<bool> KeepAsync(CancellationToken cancellationToken);

    /// <summary>Lets another have it at once.</summary>
    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}
