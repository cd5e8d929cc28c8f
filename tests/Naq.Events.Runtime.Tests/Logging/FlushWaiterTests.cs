using Naq.Events.Logging;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class FlushWaiterTests
{
    [Fact]
    public void A_flush_ends_when_the_last_event_it_waits_for_is_lost()
    {
        var waiter = new FlushWaiter(lastOrder: 10, open: 4);
        Assert.False(waiter.Resolve(Guid.NewGuid(), stored: true));
        Assert.False(waiter.Lose(2, firstOrder: 0));
        Assert.False(waiter.Completion.IsCompleted);
        Assert.Equal((1, 3), (waiter.Result().Stored, waiter.Result().Remaining));

        // One that came later is lost too, which is nothing to it.
        Assert.True(waiter.Lose(2, firstOrder: 0));

        Assert.True(waiter.Completion.IsCompleted);
        Assert.Equal((1, 3), (waiter.Result().Stored, waiter.Result().Remaining));
    }
}
