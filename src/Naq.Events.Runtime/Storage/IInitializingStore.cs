namespace Naq.Events.Storage;

/// <summary>A store that is made ready at start-up, so that what is wrong with it is said there.</summary>
internal interface IInitializingStore
{
    /// <exception cref="JobEventStoreException">The store cannot be reached, or refuses.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);
}
