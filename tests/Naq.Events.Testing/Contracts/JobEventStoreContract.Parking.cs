using Naq.Events.Processing;

namespace Naq.Events.Testing.Contracts;

/// <summary>Events that are parked behind a dead letter of their job.</summary>
public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task Later_events_of_a_job_are_parked_behind_its_dead_letter_and_follow_its_replay_in_order()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("1");
        await using var processor = await ParkingAsync(handlers);
        await AppendAsync([.. Numbered("job a/ä", 4), .. Numbered("other", 3, first: 10)]);
        await ParkedAsync(processor, failed: 1, parked: 2);
        await HandledAsync(handlers, "other", "10 11 12");

        Assert.Equal("0", handlers.Of("job a/ä"));
        var kept = await ListAsync("parking");
        AssertNumbers([1, 2, 3], NumbersOf(kept.Select(static deadLetter => deadLetter.Event!)));
        Assert.Equal(
            [JobEventDeadLetterCause.HandlerFailed, JobEventDeadLetterCause.Parked, JobEventDeadLetterCause.Parked],
            kept.Select(static deadLetter => deadLetter.Cause));
        Assert.False(await processor.DeadLetters!.ReplayAsync(kept[1].Sequence, Token), "a dead letter is before it");
        handlers.Mend("1");

        Assert.Equal(1, await processor.DeadLetters.ReplayAllAsync(cancellationToken: Token));

        await HandledAsync(handlers, "job a/ä", "0 1 2 3");
        await ParkedAsync(processor, failed: 0, parked: 0);
        var stored = await ReadAsync(Store.GetByJobAsync("job a/ä", cancellationToken: Token));
        Assert.Equal(stored, handlers.EventsOf("job a/ä"));
        Assert.Equal(stored.Select(static jobEvent => jobEvent.Sequence), handlers.EventsOf("job a/ä").Select(static jobEvent => jobEvent.Sequence));
        await AppendAsync(Numbered("job a/ä", 1, first: 4));
        await HandledAsync(handlers, "job a/ä", "0 1 2 3 4");
    }

    [Fact(Timeout = Deadline)]
    public async Task What_fails_among_the_parked_is_the_dead_letter_that_the_rest_waits_for()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("0");
        handlers.Break("2");
        await using var processor = await ParkingAsync(handlers);
        await AppendAsync(Numbered("job", 5));
        await ParkedAsync(processor, failed: 1, parked: 4);

        // Still broken.
        var calls = handlers.Calls;
        Assert.Equal(1, await processor.DeadLetters!.ReplayAllAsync(cancellationToken: Token));
        await Eventually.TrueAsync(() => handlers.Calls == calls + 2, null, "it is tried as often as at first");
        await ParkedAsync(processor, failed: 1, parked: 4);
        handlers.Mend("0");
        await processor.DeadLetters.ReplayAllAsync(cancellationToken: Token);

        await HandledAsync(handlers, "job", "0 1");
        await ParkedAsync(processor, failed: 1, parked: 2);
        var failed = (await ListAsync("parking", new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.HandlerFailed }))[0];
        Assert.Equal(("2", 2, "2 is broken"), (failed.Event!.Message, failed.Deliveries, failed.ErrorMessage));
        handlers.Mend("2");
        await processor.DeadLetters.ReplayAllAsync(cancellationToken: Token);
        await HandledAsync(handlers, "job", "0 1 2 3 4");
        await ParkedAsync(processor, failed: 0, parked: 0);
    }

    [Fact(Timeout = Deadline)]
    public async Task When_a_dead_letter_is_discarded_what_is_parked_behind_it_is_handled_unless_it_is_meant_too()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("0");
        await using var processor = await ParkingAsync(handlers);
        await AppendAsync([.. Numbered("released", 3), .. Numbered("discarded", 3)]);
        await ParkedAsync(processor, failed: 2, parked: 4);

        Assert.Equal(3, await processor.DeadLetters!.DiscardAllAsync(new JobEventDeadLetterFilter { JobId = "discarded" }, Token));
        Assert.Equal(1, await processor.DeadLetters.DiscardAllAsync(new JobEventDeadLetterFilter { Handler = "RecordingHandlers.On" }, Token));

        await HandledAsync(handlers, "released", "1 2");
        await ParkedAsync(processor, failed: 0, parked: 0);
        await AppendAsync(Numbered("discarded", 1, first: 3));
        await HandledAsync(handlers, "discarded", "3");
    }

    [Fact(Timeout = Deadline)]
    public async Task Parked_events_outlive_their_processor_and_new_ones_come_after_them()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("1");
        await using (var first = await ParkingAsync(handlers))
        {
            await AppendAsync(Numbered("job", 3));
            await ParkedAsync(first, failed: 1, parked: 1);
        }

        await AppendAsync(Numbered("job", 2, first: 3));
        await using (var second = await ParkingAsync(handlers))
        {
            await ParkedAsync(second, failed: 1, parked: 3);
        }

        // Replayed while no processor runs: what is stored meanwhile must not be handled before it.
        await AppendAsync(Numbered("job", 2, first: 5));
        Assert.Equal(1, await DeadLettersOf("parking").ReplayAllAsync(cancellationToken: Token));
        handlers.Mend("1");
        await using var third = await ParkingAsync(handlers);

        await HandledAsync(handlers, "job", "0 1 2 3 4 5 6");
        await ParkedAsync(third, failed: 0, parked: 0);
    }

    [Fact(Timeout = Deadline)]
    public async Task Through_two_processors_and_replays_none_that_was_parked_is_left_or_before_the_dead_letter()
    {
        const int Events = 120;
        var handlers = new RecordingHandlers();
        handlers.Break("10");
        var other = await OpenAsync(Environment, Service);
        await using var one = await ParkingAsync(handlers);
        await using var two = await ParkingAsync(handlers, SharesProcessors ? other : Store);
        await AppendAsync(Numbered("job", 11));
        await Eventually.TrueAsync(async () => (await CountAsync(one)).Failed == 1, null, "there is a dead letter");
        await AppendAsync(Numbered("job", 40, first: 11));
        await ParkedAsync(one, failed: 1, parked: 40);
        handlers.Mend("10");

        // More come, to either, while what is parked is handled.
        var replay = DeadLettersOf("parking").ReplayAllAsync(cancellationToken: Token);
        for (var number = 51; number < Events; number++)
            await AppendAsync(Numbered("job", 1, first: number));

        Assert.Equal(1, await replay);
        await Eventually.TrueAsync(() => handlers.EventsOf("job").DistinctBy(NumberOf).Count() == Events, null, "all are handled");
        await ParkedAsync(one, failed: 0, parked: 0);

        // Each process parks what it is given: only what one of them had is in order.
        var parked = handlers.EventsOf("job").Select(NumberOf).Where(static number => number is >= 10 and < 51).ToList();
        Assert.Equal(10, parked[0]);
        Assert.Equal(Enumerable.Range(10, 41), parked.Order());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_release_that_its_process_did_not_end_is_gone_on_with()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("0");
        await using (var first = await ParkingAsync(handlers))
        {
            await AppendAsync(Numbered("job", 4));
            await ParkedAsync(first, failed: 1, parked: 3);
        }

        await DeadLettersOf("parking").DiscardAllAsync(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.HandlerFailed }, Token);
        await foreach (var delivery in Replays("parking"))
        {
            Assert.Equal(("1", 1), (delivery.Event!.Message, delivery.Attempt));
            await delivery.AcknowledgeAsync(Token);
            Assert.True(await delivery.MoveNextAsync(Token));
            Assert.Equal(("2", 1), (delivery.Event!.Message, delivery.Attempt));
            delivery.GiveBack();
            break;
        }

        await using var second = await ParkingAsync(handlers);
        await HandledAsync(handlers, "job", "2 3");
        await ParkedAsync(second, failed: 0, parked: 0);
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_that_wait_in_the_store_are_tried_as_often_as_others_and_those_of_their_job_come_after_them()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("0");
        handlers.Break("hopeless");
        var broken = Enumerable.Range(0, 40).Select(static number => $"job {number}").ToList();
        JobEvent[] waiting = [.. broken.SelectMany(static job => Numbered(job, 3))];
        await using (var first = await WaitingAsync(handlers))
        {
            await AppendAsync([.. waiting, .. Enumerable.Range(0, 50).SelectMany(static number => Numbered($"good {number}", 1, first: 7))]);
            await Eventually.TrueAsync(() => Enumerable.Range(0, 50).All(number => handlers.Of($"good {number}") == "7"), null, "others go on");
            Assert.All(broken, job => Assert.Equal("", handlers.Of(job)));
        }

        // The next process of the name knows what waits.
        await AppendAsync([.. broken.SelectMany(static job => Numbered(job, 1, first: 3)), .. Hopeless()]);
        await using var second = await WaitingAsync(handlers);
        handlers.Mend("0");
        await Eventually.TrueAsync(() => broken.All(job => handlers.Of(job) == "0 1 2 3"), TimeSpan.FromSeconds(40), "all are handled in order");
        await Eventually.TrueAsync(async () => (await CountAsync(second)) == (20, 0), TimeSpan.FromSeconds(20), "the hopeless are given up");
        Assert.All(await ListAsync("waiting"), static deadLetter => Assert.Equal((4, "hopeless"), (deadLetter.Deliveries, deadLetter.Event!.Message)));

        static IEnumerable<JobEvent> Hopeless() =>
            Enumerable.Range(0, 20).Select(static number => new JobEvent($"hopeless {number}", JobEventType.Started) { Message = "hopeless" });

        async Task<JobEventProcessor> WaitingAsync(RecordingHandlers handlers)
        {
            var processor = new JobEventProcessor(Store, new JobEventProcessorOptions
            {
                Name = "waiting",
                MaxConcurrentHandlers = 2,
                MostWaiting = 5,
                MaxDeliver = 4,
                RetryDelay = TimeSpan.FromSeconds(1),
            });
            processor.AddHandlers(handlers);
            await processor.StartAsync(Token);
            return processor;
        }
    }

    /// <summary>Whether processors of another store that is opened share the work.</summary>
    protected virtual bool SharesProcessors => true;

    private static async Task<(long Failed, long Parked)> CountAsync(JobEventProcessor processor)
    {
        var parked = await processor.DeadLetters!.CountAsync(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.Parked }, Token);
        return (await processor.DeadLetters.CountAsync(cancellationToken: Token) - parked, parked);
    }

    private static Task ParkedAsync(JobEventProcessor processor, int failed, int parked) => Eventually.TrueAsync(
        async () => await CountAsync(processor) == (failed, parked), null, $"{failed} have failed, {parked} are parked");

    private static Task HandledAsync(RecordingHandlers handlers, string jobId, string numbers) =>
        Eventually.TrueAsync(() => handlers.Of(jobId) == numbers, null, $"{numbers} of {jobId} are handled, in this order");

    private async Task<JobEventProcessor> ParkingAsync(
        RecordingHandlers handlers, IJobEventStore? store = null, JobEventDeadLetterOrder behind = JobEventDeadLetterOrder.ParkJob)
    {
        var processor = new JobEventProcessor(store ?? Store, new JobEventProcessorOptions
        {
            Name = "parking",
            MaxDeliver = 2,
            RetryDelay = TimeSpan.FromMilliseconds(10),
            OnDeadLetter = behind,
        });
        processor.AddHandlers(handlers);
        await processor.StartAsync(Token);
        return processor;
    }
}
