using CsCheck;
using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class HeldDeliveriesTests
{
    [Fact]
    public void What_was_added_and_not_removed_is_held_the_latest_first() => Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[0, 60].Sample(static steps =>
    {
        var held = new HeldDeliveries();
        var deliveries = Enumerable.Range(0, 10).Select(static number => new Held { Event = null, Sequence = (ulong)number, Delivery = 1 }).ToList();
        var model = new List<JobEventDelivery>();
        foreach (var (index, isAdded) in steps)
        {
            var delivery = deliveries[index];
            if (!isAdded)
            {
                held.Remove(delivery);
                _ = model.Remove(delivery);
            }
            else if (!model.Contains(delivery))
            {
                held.Add(delivery);
                model.Add(delivery);
            }

            Assert.Equal(model.AsEnumerable().Reverse(), held.All());
        }
    });

    private sealed class Held : JobEventDelivery
    {
        public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) => default;

        public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => default;

        public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => default;

        public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => default;
    }
}
