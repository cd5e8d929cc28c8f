using Naq.Events.Storage;

namespace Naq.Events;

/// <content>Under what its events are stored.</content>
public sealed partial class JetStreamEventStore : IOriginStore
{
    string IOriginStore.Environment => _subjects.Environment;

    string IOriginStore.Service => _subjects.Service;
}
