using System.Text.Json;
using Naq.Events.Benchmarks.Compare.Events;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>An event that a peer publishes: subject, payload and id are made before the clock starts.</summary>
internal sealed record ReadyMessage(string Subject, byte[] Payload, string Id, ShippedValues Values)
{
    public static ReadyMessage[] Create(ShippedValues[] values) =>
    [
        .. values.Select(static item => new ReadyMessage(
            StreamFixture.SubjectOf(item.JobId),
            JsonSerializer.SerializeToUtf8Bytes(PeerEvent.Shipped(in item), PeerJsonContext.Default.PeerEvent),
            Guid.CreateVersion7().ToString(),
            item)),
    ];

    /// <summary>Fresh ids: the server would take the same ones for duplicates.</summary>
    public static void Renew(ReadyMessage[] messages)
    {
        for (var i = 0; i < messages.Length; i++)
            messages[i] = messages[i] with { Id = Guid.CreateVersion7().ToString() };
    }
}
