using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Processing;

public sealed class HandlerPermitsTests
{
    private readonly HandlerPermits _permits = new();
    private readonly HandlerKey[] _handlers = [new(0, "first"), new(0, "second"), new(1, "first")];
    private readonly ConcurrencyLimit[] _limits = [new(1), new(1), new(1)];

    [Fact]
    public void Calls_are_counted_in_the_order_of_the_handlers()
    {
        Assert.Null(_permits.Next);
        NeedAll();

        foreach (var limit in _limits)
        {
            Assert.Same(limit, _permits.Next);
            Count();
        }

        Assert.Null(_permits.Next);
    }

    [Fact]
    public void A_handler_takes_over_its_own_call_once_and_none_that_is_not_counted()
    {
        NeedAll();
        Count();
        Count();

        Assert.Null(_permits.Take(_handlers[2]));
        Assert.Same(_limits[1], _permits.Take(_handlers[1]));
        Assert.Null(_permits.Take(_handlers[1]));
        Assert.Same(_limits[2], _permits.Next);
        Count();
        Assert.Same(_limits[2], _permits.Take(_handlers[2]));
        Assert.Same(_limits[0], _permits.Take(_handlers[0]));
        Assert.Null(_permits.Take(_handlers[0]));
    }

    [Fact]
    public void The_end_gives_back_what_was_counted_and_not_taken_over_and_nothing_else()
    {
        NeedAll();
        Count();
        Count();
        _ = _permits.Take(_handlers[0]);

        _permits.End();

        Assert.Null(_permits.Next);
        Assert.Null(_permits.Take(_handlers[1]));
        Assert.False(_limits[0].TryEnter());
        Assert.True(_limits[1].TryEnter());
        Assert.False(_limits[1].TryEnter());

        // A call too many would have been given back of the one that was not counted.
        Assert.True(_limits[2].TryEnter());
        Assert.False(_limits[2].TryEnter());
    }

    private void NeedAll()
    {
        for (var i = 0; i < _handlers.Length; i++)
            _permits.Need(_handlers[i], _limits[i]);
    }

    /// <summary>Counts the next, as a worker does.</summary>
    private void Count()
    {
        Assert.True(_permits.Next!.TryEnter());
        _permits.Grant();
    }
}
