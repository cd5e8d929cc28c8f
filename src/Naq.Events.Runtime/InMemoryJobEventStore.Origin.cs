using Naq.Events.Storage;

namespace Naq.Events;

/// <content>Under what its events are stored.</content>
public sealed partial class InMemoryJobEventStore : IOriginStore
{
    string IOriginStore.Environment => _options.Environment;

    string IOriginStore.Service => _options.Service;
}
