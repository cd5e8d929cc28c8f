using System.Globalization;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>A stream's state as a health answer.</summary>
internal static class JetStreamHealth
{
    public static JobEventStoreHealth Of(JsonObject information, string stream, string address)
    {
        var state = information["state"]!.AsObject();
        var leaderless = information["cluster"] is JsonObject cluster && string.IsNullOrEmpty((string?)cluster["leader"])
            && cluster["replicas"] is JsonArray { Count: > 0 };
        var description = string.Create(
            CultureInfo.InvariantCulture,
            $"The stream '{stream}' on {address} holds {state.Number("messages")} events in {state.Number("bytes")} bytes.");
        return new JobEventStoreHealth(
            !leaderless,
            leaderless ? $"The stream '{stream}' on {address} has no leader now: the cluster cannot store events." : description)
        {
            Events = state.Number("messages"),
            Bytes = state.Number("bytes"),
            FirstSequence = state.Sequence("first_seq"),
            LastSequence = state.Sequence("last_seq"),
            Consumers = state.Number("consumer_count"),
        };
    }
}
