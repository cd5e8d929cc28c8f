using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What a store has once it is set up.</summary>
internal sealed record JetStreamSession(INatsConnection Connection, JetStreamApi Api, Consumers Consumers)
{
    /// <summary>The version of the server that is connected now.</summary>
    public ServerVersion Version => ServerVersion.Parse(Connection.ServerInfo?.Version);

    /// <summary>The most bytes of an event with its headers.</summary>
    public int MaxEventBytes => Math.Min(JobEventLimits.EventBytes, Connection.ServerInfo?.MaxPayload ?? JobEventLimits.EventBytes);
}
