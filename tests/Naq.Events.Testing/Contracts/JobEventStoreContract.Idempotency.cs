using Naq.Events.Processing;

namespace Naq.Events.Testing.Contracts;

/// <summary>Handlers that are recorded as done with an event, and do not run again.</summary>
public abstract partial class JobEventStoreContract
{
    [Theory(Timeout = Deadline)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_is_recorded_as_done_does_not_run_again_in_the_next_process(bool remembers)
    {
        var stuck = true;
        var handlers = new TwoHandlers(async (_, token) =>
        {
            if (Volatile.Read(ref stuck))
                await Forever.WaitAsync(token);
        });
        await AppendAsync(Numbered("job", 1));
        await using (await IdempotentAsync(handlers, remembers ? TimeSpan.FromHours(1) : null))
            await Eventually.TrueAsync(() => handlers.First.Count == 1, null, "the first is done, and the second runs");

        Volatile.Write(ref stuck, false);
        await using var next = await IdempotentAsync(handlers, remembers ? TimeSpan.FromHours(1) : null);

        await Eventually.TrueAsync(() => handlers.Second.Count == 1, null, "the second is done");
        Assert.Equal(remembers ? 1 : 2, handlers.First.Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_was_done_before_a_dead_letter_is_not_done_again_when_it_is_replayed()
    {
        var broken = true;
        var handlers = new TwoHandlers((_, _) => Volatile.Read(ref broken) ? throw new InvalidOperationException("broken") : default);
        await using var processor = await IdempotentAsync(handlers, TimeSpan.FromHours(1));
        await AppendAsync(Numbered("job", 3));
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 3, null, "all are dead letters");
        Volatile.Write(ref broken, false);

        Assert.Equal(3, await processor.DeadLetters!.ReplayAllAsync(cancellationToken: Token));

        await Eventually.TrueAsync(() => handlers.Second.Count == 3, null, "they are handled");
        Assert.Equal(["0", "1", "2"], handlers.First);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_record_is_of_one_processor_and_lasts_as_long_as_it_should()
    {
        var handlers = new TwoHandlers(static (_, _) => default);
        await AppendAsync(Numbered("job", 2));
        await using (var lasting = await IdempotentAsync(handlers, TimeSpan.FromHours(1), "lasting"))
        {
            await Eventually.TrueAsync(() => handlers.Second.Count == 2, null, "they are handled");
            await lasting.SkipToAsync(JobEventStart.Beginning, Token);
            await AppendAsync(Numbered("job", 1, first: 2));
            await Eventually.TrueAsync(() => handlers.Second.Contains("2"), null, "it has gone through all again");
            Assert.Equal(["0", "1", "2"], handlers.First);
        }

        // Of another processor, with a short memory.
        var others = new TwoHandlers(static (_, _) => default);
        await using var forgetful = await IdempotentAsync(others, TimeSpan.FromSeconds(1), "forgetful");
        await Eventually.TrueAsync(() => others.Second.Count == 3, null, "they are handled");
        if (!ForgetsEachRecord)
            return;

        var records = ((IDeliveringStore)Store).OpenHandledRecords(Request("forgetful") with { IdempotencyWindow = TimeSpan.FromSeconds(1) });
        var last = (await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token)))[^1];
        await Eventually.TrueAsync(async () => !await records.HasAsync(last, "TwoHandlers.On-2", Token), TimeSpan.FromSeconds(20), "it is forgotten");
        await forgetful.SkipToAsync(JobEventStart.Beginning, Token);
        await Eventually.TrueAsync(() => others.Second.Count == 6, TimeSpan.FromSeconds(20), "they are handled once more");
    }

    /// <summary>Whether each record has a time of its own, which the server's version decides.</summary>
    protected virtual bool ForgetsEachRecord => true;

    private async Task<JobEventProcessor> IdempotentAsync(TwoHandlers handlers, TimeSpan? window, string name = "idempotent")
    {
        var processor = new JobEventProcessor(Store, new JobEventProcessorOptions
        {
            Name = name,
            MaxDeliver = 2,
            RetryDelay = TimeSpan.FromMilliseconds(10),
            StopTimeout = TimeSpan.Zero,
            IdempotencyWindow = window,
            ConfirmAcknowledgements = true,
        });
        processor.AddHandlers(handlers);
        await processor.StartAsync(Token);
        return processor;
    }
}
