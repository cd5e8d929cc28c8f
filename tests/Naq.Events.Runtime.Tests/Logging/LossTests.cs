using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class LossTests
{
    [Fact]
    public async Task A_callback_that_throws_is_logged_and_called_again()
    {
        var calls = 0;
        await using var test = new LoggerUnderTest(new RecordingStore(), options => options.OnLoss = _ =>
        {
            calls++;
            throw new InvalidOperationException("The callback is broken.");
        });
        test.Write(null);
        await Eventually.TrueAsync(() => test.Log.Of(101).Count == 1, null, "what the callback threw is logged");
        test.Write("");
        await Eventually.TrueAsync(() => test.Log.Of(101).Count == 2, null, "it is called for the next burst");
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task The_callback_runs_off_the_logging_thread()
    {
        using var gate = new ManualResetEventSlim();
        await using var test = new LoggerUnderTest(new RecordingStore(), options => options.OnLoss = _ => gate.Wait());
        test.Write(null);
        test.Write(null);
        gate.Set();
    }

    [Fact]
    public async Task The_callback_is_not_called_while_it_runs_and_is_told_of_each_event_once()
    {
        var inside = 0;
        var overlapped = false;
        var told = new List<Guid>();
        await using var test = new LoggerUnderTest(new RecordingStore(), options => options.OnLoss = loss =>
        {
            overlapped |= Interlocked.Increment(ref inside) > 1;
            told.AddRange(loss.EventIds);
            _ = Thread.Yield();
            _ = Interlocked.Decrement(ref inside);
        });
        var refused = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 20_000).Select(_ => test.Write(null)).ToList())));
        await test.Logger.DisposeAsync();
        Assert.False(overlapped);
        Assert.Equal(refused.SelectMany(static ids => ids).Order(), told.Order());
    }

    [Fact]
    public async Task A_callback_may_use_the_logger_and_even_dispose_it()
    {
        LoggerUnderTest? test = null;
        var disposed = new TaskCompletionSource();
        test = new LoggerUnderTest(new RecordingStore(), options => options.OnLoss = _ =>
        {
            test!.Write("job");
            test.Logger.Dispose();
            disposed.TrySetResult();
        });
        test.Write(null);
        await disposed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await test.DisposeAsync();
    }
}
