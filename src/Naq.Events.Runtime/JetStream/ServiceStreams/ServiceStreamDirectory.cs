using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream.ServiceStreams;

/// <summary>Finds the streams of services, where each has one of its own: <c>{StreamName}_{service}</c>.</summary>
/// <param name="baseName">The part of the name that all share.</param>
/// <param name="prefix">The prefix of the subjects of events.</param>
/// <param name="own">The store of the own service.</param>
/// <param name="open">Opens the store of another service, for reading.</param>
internal sealed class ServiceStreamDirectory(
    string baseName, string prefix, JetStreamEventStore own, Func<JetStreamSession, string, JetStreamEventStore> open) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JetStreamEventStore> _others = new(StringComparer.Ordinal);

    /// <summary>What the streams of services end with that hold something else: no service may be named so.</summary>
    public static IReadOnlyList<string> ReservedEndings { get; } = ["dead", "replay", "given_back", "jobs", "leases"];

    /// <summary>The name of a service's stream.</summary>
    public static string NameOf(string baseName, string service) => $"{baseName}_{service}";

    /// <summary>The streams that there are, of one service or of all, in the order of their names.</summary>
    public async ValueTask<IReadOnlyList<ServiceStream>> FindAsync(JetStreamSession session, string service, CancellationToken cancellationToken)
    {
        var subject = service == JobEventFilter.AllServices ? $"{prefix}.>" : $"{prefix}.*.{service}.>";
        var found = new SortedDictionary<string, ServiceStream>(StringComparer.Ordinal);
        for (int offset = 0, total = 1; offset < total;)
        {
            var request = new JsonObject { ["offset"] = offset, ["subject"] = subject };
            var page = await session.Api.RequestAsync("STREAM.LIST", request, cancellationToken).ConfigureAwait(false);
            var streams = page["streams"]?.AsArray() ?? [];
            foreach (var stream in streams)
            {
                var name = (string)stream!["config"]!["name"]!;
                if (name.StartsWith($"{baseName}_", StringComparison.Ordinal))
                    found[name] = new ServiceStream(StoreOf(session, name[(baseName.Length + 1)..]), StreamState.Of(stream.AsObject()));
            }

            total = streams.Count == 0 ? 0 : (int)page.Number("total");
            offset += streams.Count;
        }

        return [.. found.Values];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _others.Values)
            await store.DisposeAsync().ConfigureAwait(false);
    }

    private JetStreamEventStore StoreOf(JetStreamSession session, string service) =>
        service == own.Service ? own : _others.GetOrAdd(service, static (name, state) => state.open(state.session, name), (open, session));
}
