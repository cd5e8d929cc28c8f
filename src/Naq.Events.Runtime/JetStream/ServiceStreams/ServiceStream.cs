namespace Naq.Events.JetStream.ServiceStreams;

/// <summary>The stream of one service.</summary>
/// <param name="Store">Reads it, as a store of that service.</param>
/// <param name="State">What it held when it was found.</param>
internal sealed record ServiceStream(JetStreamEventStore Store, StreamState State)
{
    public string Id => State.Id;
}
