namespace Naq.Events.Storage;

/// <summary>A store that tells under what its events are stored.</summary>
internal interface IOriginStore
{
    string Environment { get; }

    string Service { get; }
}
