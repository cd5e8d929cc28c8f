namespace Naq.Events.Watching;

/// <summary>A store that knows who of several has a role.</summary>
internal interface ILeasingStore
{
    /// <summary>Opens a lease; it is held by nobody yet.</summary>
    /// <param name="role">The role: letters, digits, <c>-</c> and <c>_</c>. It is of this environment and service.</param>
    /// <param name="takeOverAfter">How long it may not be kept until another may take it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ILease> OpenLeaseAsync(string role, TimeSpan takeOverAfter, CancellationToken cancellationToken);

    /// <summary>Opens the lease of a durable processor, which is of its stream, whichever services use it.</summary>
    /// <param name="name">The processor's name, and which share of its jobs where they are divided.</param>
    /// <param name="takeOverAfter">How long it may not be kept until another may take it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ILease> OpenProcessorLeaseAsync(string name, TimeSpan takeOverAfter, CancellationToken cancellationToken);
}
