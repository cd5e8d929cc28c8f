using Mediator;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>What the peer publishes: ready-made, nothing is decoded.</summary>
/// <param name="Parcels">The value that the handler takes.</param>
internal sealed record ShippedNotification(int Parcels) : INotification;

/// <summary>The peer's handler.</summary>
internal sealed class ShippedNotificationHandler : INotificationHandler<ShippedNotification>
{
    private long _parcels;

    public ValueTask Handle(ShippedNotification notification, CancellationToken cancellationToken)
    {
        _ = Interlocked.Add(ref _parcels, notification.Parcels);
        return default;
    }
}
