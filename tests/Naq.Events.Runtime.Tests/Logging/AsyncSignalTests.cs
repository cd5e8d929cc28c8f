using Microsoft.Extensions.Time.Testing;
using Naq.Events.Logging;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class AsyncSignalTests : IAsyncDisposable
{
    [ThreadStatic]
    private static bool _isSetting;

    private readonly FakeTimeProvider _time = new();
    private readonly AsyncSignal _signal;

    public AsyncSignalTests() => _signal = new AsyncSignal(_time);

    public ValueTask DisposeAsync() => _signal.DisposeAsync();

    [Fact]
    public async Task A_signal_without_a_waiter_is_kept_for_the_next_one_and_only_for_it()
    {
        _signal.Set();
        _signal.Set();
        Assert.False(_signal.IsAwaited);

        await WaitAsync();

        var next = WaitAsync();
        Assert.False(next.IsCompleted);
        Assert.True(_signal.IsAwaited);
        _signal.Set();
        Assert.False(_signal.IsAwaited);
        await next;

        next = WaitAsync();
        Assert.False(next.IsCompleted);
        _signal.Set();
        await next;
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_up_and_a_later_one_without_a_time_does_not()
    {
        var timed = WaitAsync(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.True(_signal.IsAwaited);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await timed;

        // One that is signalled leaves its timer behind.
        timed = WaitAsync(TimeSpan.FromSeconds(5));
        _signal.Set();
        await timed;
        var untimed = WaitAsync();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_signal.IsAwaited);
        _signal.Set();
        await untimed;
    }

    [Fact]
    public async Task Who_sets_it_does_not_run_what_waits_for_it()
    {
        var waiting = IsRunByTheSetterAsync();

        _isSetting = true;
        _signal.Set();
        _isSetting = false;

        Assert.False(await waiting);
    }

    private async Task<bool> IsRunByTheSetterAsync()
    {
        await _signal.WaitAsync(Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        return _isSetting;
    }

    private Task WaitAsync(TimeSpan? timeout = null) => _signal.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan).AsTask();
}
