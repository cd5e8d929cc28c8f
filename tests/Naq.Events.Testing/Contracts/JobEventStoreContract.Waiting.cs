namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_has_happened_need_not_be_waited_for()
    {
        await AppendAsync(
            new JobEvent("other", JobEventType.Completed) { Message = "0" },
            new JobEvent("job", JobEventType.Started) { Message = "1" },
            new JobEvent("job", JobEventType.Completed) { Message = "2" },
            new JobEvent("job", JobEventType.Completed) { Message = "3" });

        Assert.Equal(2, NumberOf(await Store.WaitForEventAsync("job", JobEventType.Completed, LongWait, Token)));
        Assert.Equal(1, NumberOf(Store.WaitForEvent("job", "started", LongWait)));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_comes_ends_the_wait()
    {
        for (var number = 0; number < 20; number++)
        {
            var wait = Store.WaitForEventAsync($"job-{number}", "payment_captured", LongWait, Token);
            await AppendAsync(new JobEvent($"job-{number}", JobEventType.Started), new JobEvent($"job-{number}", "payment_captured") { Message = $"{number}" });

            Assert.Equal(number, NumberOf(await wait));
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_wait_ends_with_its_time_or_when_it_is_cancelled()
    {
        await AppendAsync(Numbered("job", 1));

        var timeout = await Assert.ThrowsAsync<TimeoutException>(
            async () => await Store.WaitForEventAsync("job", JobEventType.Completed, TimeSpan.FromMilliseconds(300), Token));
        Assert.Equal("The job 'job' had no event 'completed' within 00:00:00.3000000.", timeout.Message);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var wait = Store.WaitForEventAsync("job", JobEventType.Completed, LongWait, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wait);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Store.WaitForEventAsync("job", JobEventType.Completed, TimeSpan.FromSeconds(-2), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.WaitForEventAsync("job", "No Name", LongWait, Token));
    }
}
