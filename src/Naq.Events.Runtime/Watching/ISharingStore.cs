namespace Naq.Events.Watching;

/// <summary>A store whose processors may run in several processes that divide their jobs.</summary>
internal interface ISharingStore
{
    /// <summary>Opens a process's place among those of a durable processor; it does not take part yet.</summary>
    /// <param name="name">The processor's name.</param>
    /// <param name="forgetAfter">How long after its last beat a process takes part no more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IMembership> OpenMembershipAsync(string name, TimeSpan forgetAfter, CancellationToken cancellationToken);
}
