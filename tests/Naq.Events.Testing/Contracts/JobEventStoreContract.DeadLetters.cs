using Naq.Events.Processing;

namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task A_dead_letter_says_what_went_wrong_and_is_the_event_as_it_was()
    {
        var jobEvent = new JobEvent("job 1.a/ä", JobEventType.Failed) { Message = "as it was", TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        await AppendAsync(Numbered("other", 1));
        await AppendAsync(jobEvent);
        await DeadLetterAsync("reader", 2, _ => Failure("Handlers.On", "Zeile 1\r\nZeile 2: ä\0"));

        var deadLetter = (await ListAsync("reader"))[1];

        Assert.Equal(JobEventDeadLetterCause.HandlerFailed, deadLetter.Cause);
        Assert.Equal("It failed.", deadLetter.Reason);
        Assert.Equal("Handlers.On", deadLetter.Handler);
        Assert.Equal("System.IO.IOException", deadLetter.ErrorType);
        Assert.Equal("Zeile 1\r\nZeile 2: ä\0", deadLetter.ErrorMessage);
        Assert.Equal("f00d", deadLetter.ErrorFingerprint);
        Assert.Equal(1, deadLetter.Deliveries);
        Assert.InRange(TimeProvider.System.GetUtcNow() - deadLetter.Timestamp, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        var stored = (await ReadAsync(Store.GetByJobAsync(jobEvent.JobId, cancellationToken: Token)))[0];
        Assert.Equal(stored.Sequence, deadLetter.EventSequence);
        Assert.Equal(stored, deadLetter.Event);
        Assert.Equal((jobEvent.Id, jobEvent.TraceParent), (deadLetter.Event!.Id, deadLetter.Event.TraceParent));
        Assert.Equal((stored.Sequence, Environment, Service), (deadLetter.Event.Sequence, deadLetter.Event.Environment, deadLetter.Event.Service));
        Assert.Equal(deadLetter.Reason, (await DeadLettersOf("reader").GetAsync(deadLetter.Sequence, Token))!.Reason);
    }

    [Fact(Timeout = Deadline)]
    public async Task Each_processor_has_dead_letters_of_its_own()
    {
        await AppendAsync(Numbered("job", 3));
        await DeadLetterAsync("mine", 3, _ => Failure("A.On"));
        await DeadLetterAsync("other", 2, _ => Failure("A.On"));

        Assert.Equal(3, await DeadLettersOf("mine").CountAsync(cancellationToken: Token));
        Assert.Equal(2, await DeadLettersOf("other").CountAsync(cancellationToken: Token));
        Assert.Equal(0, await DeadLettersOf("nobody").CountAsync(cancellationToken: Token));
        Assert.Empty(await ListAsync("nobody"));
        AssertNumbers([0, 1, 2], NumbersOf((await ListAsync("mine")).Select(static deadLetter => deadLetter.Event!)));
        Assert.Equal(2, await DeadLettersOf("other").DiscardAllAsync(cancellationToken: Token));
        Assert.Equal(3, await DeadLettersOf("mine").CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_filter_says_which_dead_letters_are_meant()
    {
        await AppendAsync([.. Numbered("a", 2), .. Numbered("b", 2, first: 2)]);
        await DeadLetterAsync("reader", 4, number => Failure($"H{number % 2}.On") with { ErrorFingerprint = $"f{number}", ErrorType = $"T{number}" });

        await AssertMeantAsync(new JobEventDeadLetterFilter { Handler = "H1.On" }, 1, 3);
        await AssertMeantAsync(new JobEventDeadLetterFilter { ErrorFingerprint = "f2" }, 2);
        await AssertMeantAsync(new JobEventDeadLetterFilter { ErrorType = "T0" }, 0);
        await AssertMeantAsync(new JobEventDeadLetterFilter { JobId = "a" }, 0, 1);
        await AssertMeantAsync(new JobEventDeadLetterFilter { JobId = "a", Handler = "H1.On" }, 1);
        await AssertMeantAsync(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.Malformed });
        Assert.Equal(2, await DeadLettersOf("reader").DiscardAllAsync(new JobEventDeadLetterFilter { JobId = "b" }, Token));
        await AssertMeantAsync(new JobEventDeadLetterFilter(), 0, 1);

        async Task AssertMeantAsync(JobEventDeadLetterFilter filter, params int[] expected)
        {
            AssertNumbers(expected, NumbersOf((await ListAsync("reader", filter)).Select(static deadLetter => deadLetter.Event!)));
            Assert.Equal(expected.Length, await DeadLettersOf("reader").CountAsync(filter, Token));
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_replayed_dead_letter_comes_to_its_processor_again_and_to_no_other()
    {
        await AppendAsync(Numbered("job", 2));
        await DeadLetterAsync("mine", 2, _ => Failure("A.On"));
        Assert.Equal(2, (await AcknowledgeAsync(Request("other"), 2)).Count);
        var original = (await ListAsync("mine"))[0];

        Assert.True(await DeadLettersOf("mine").ReplayAsync(original.Sequence, Token));

        Assert.False(await DeadLettersOf("mine").ReplayAsync(original.Sequence, Token));
        Assert.Equal(1, await DeadLettersOf("mine").CountAsync(cancellationToken: Token));
        await using (var replays = Replays("mine").GetAsyncEnumerator(Token))
        {
            Assert.True(await replays.MoveNextAsync());
            Assert.Equal(1, replays.Current.Delivery);
            Assert.Equal(original.EventSequence, replays.Current.Sequence);
            Assert.Equal(original.Event, replays.Current.Event);
            Assert.Equal(original.Event!.Id, replays.Current.Event!.Id);
            await replays.Current.RetryAsync(TimeSpan.Zero, Token);
            Assert.True(await replays.MoveNextAsync());
            Assert.Equal(2, replays.Current.Delivery);

            // It fails again, and is a dead letter again, though the same one was there within the duplicate window.
            await replays.Current.DeadLetterAsync(Failure("B.On"), Token);
            await replays.Current.TerminateAsync("It failed.", Token);
        }

        var again = Assert.Single(await ListAsync("mine", new JobEventDeadLetterFilter { Handler = "B.On" }));
        Assert.Equal(original.Event, again.Event);
        Assert.Equal((original.EventSequence, original.Event.Id), (again.EventSequence, again.Event!.Id));
        Assert.Equal(2, again.Deliveries);
        await AppendAsync(Numbered("job", 1, first: 2));
        AssertNumbers([2], [.. await AcknowledgeAsync(Request("other"), 1)]);
        Assert.Equal(3, await Store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task All_that_a_filter_means_are_replayed_in_order()
    {
        await AppendAsync(Numbered("job", 20));
        await DeadLetterAsync("reader", 20, number => Failure(number < 15 ? "A.On" : "B.On"));

        Assert.Equal(15, await DeadLettersOf("reader").ReplayAllAsync(new JobEventDeadLetterFilter { Handler = "A.On" }, Token));

        Assert.Equal(5, await DeadLettersOf("reader").CountAsync(cancellationToken: Token));
        var replayed = new List<int>();
        await foreach (var replay in Replays("reader"))
        {
            replayed.Add(NumberOf(replay.Event!));
            await replay.AcknowledgeAsync(Token);
            if (replayed.Count == 15)
                break;
        }

        Assert.Equal(Enumerable.Range(0, 15), replayed);
    }

    [Fact(Timeout = Deadline)]
    public async Task Failures_of_one_kind_are_counted_replayed_and_discarded_by_their_fingerprint()
    {
        var handlers = new RecordingHandlers();
        handlers.Break("order 4711 is closed");
        handlers.Break("order 12 is closed");
        handlers.Break("no such customer");
        await using var processor = await ParkingAsync(handlers, behind: JobEventDeadLetterOrder.Continue);
        await AppendAsync(
            new JobEvent("a", JobEventType.Failed) { Message = "order 4711 is closed" },
            new JobEvent("b", JobEventType.Failed) { Message = "no such customer" },
            new JobEvent("c", JobEventType.Failed) { Message = "order 12 is closed" });
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 3, null, "all are dead letters");
        var kept = await ListAsync("parking");
        var closed = new JobEventDeadLetterFilter { ErrorFingerprint = kept.First(static deadLetter => deadLetter.Event!.JobId == "a").ErrorFingerprint };
        var unknown = new JobEventDeadLetterFilter { ErrorFingerprint = kept.First(static deadLetter => deadLetter.Event!.JobId == "b").ErrorFingerprint };

        // Two orders, one kind of failure.
        Assert.Equal(["a", "c"], (await ListAsync("parking", closed)).Select(static deadLetter => deadLetter.Event!.JobId).Order());
        Assert.Equal((2, 1), (await processor.DeadLetters!.CountAsync(closed, Token), await processor.DeadLetters.CountAsync(unknown, Token)));
        handlers.Mend("order 4711 is closed");
        handlers.Mend("order 12 is closed");
        Assert.Equal(2, await processor.DeadLetters.ReplayAllAsync(closed, Token));
        Assert.Equal(1, await processor.DeadLetters.DiscardAllAsync(unknown, Token));

        await HandledAsync(handlers, "a", "order 4711 is closed");
        await HandledAsync(handlers, "c", "order 12 is closed");
        Assert.Equal(0, await processor.DeadLetters.CountAsync(cancellationToken: Token));
        Assert.Equal("", handlers.Of("b"));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_discarded_dead_letter_is_gone_and_its_event_is_not()
    {
        await AppendAsync(Numbered("job", 2));
        await DeadLetterAsync("reader", 2, _ => Failure("A.On"));
        var first = (await ListAsync("reader"))[0];

        Assert.True(await DeadLettersOf("reader").DiscardAsync(first.Sequence, Token));

        Assert.False(await DeadLettersOf("reader").DiscardAsync(first.Sequence, Token));
        Assert.Null(await DeadLettersOf("reader").GetAsync(first.Sequence, Token));
        Assert.Equal("1", Assert.Single(await ListAsync("reader")).Event!.Message);
        Assert.Equal(2, await Store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public void Dead_letters_need_the_name_of_a_processor()
    {
        Assert.Throws<ArgumentException>("processor", () => DeadLettersOf("a.b"));
        Assert.Throws<ArgumentException>("processor", () => DeadLettersOf(">"));
        Assert.Throws<ArgumentException>("processor", () => DeadLettersOf(""));
    }

    private static DeadLetterReason Failure(string handler, string message = "broken") =>
        new(JobEventDeadLetterCause.HandlerFailed, "It failed.")
        {
            Handler = handler,
            ErrorType = "System.IO.IOException",
            ErrorMessage = message,
            ErrorFingerprint = "f00d",
        };

    private JobEventDeadLetters DeadLettersOf(string processor) => new(Store, processor);

    private async Task<List<JobEventDeadLetter>> ListAsync(string processor, JobEventDeadLetterFilter? filter = null) =>
        await DeadLettersOf(processor).ListAsync(filter, Token).ToListAsync(Token);

    private IAsyncEnumerable<JobEventDelivery> Replays(string processor)
    {
        var store = (IDeliveringStore)Store;
        return store.DeliverReplaysAsync(Request(processor), Token) ?? store.DeliverAsync(Request(processor), Token);
    }

    /// <summary>Makes the next events of a processor dead letters.</summary>
    private async Task DeadLetterAsync(string processor, int count, Func<int, DeadLetterReason> reason)
    {
        await foreach (var delivery in DeliverAsync(Request(processor), Token))
        {
            var number = int.TryParse(delivery.Event!.Message, out var parsed) ? parsed : 0;
            await delivery.DeadLetterAsync(reason(number), Token);
            await delivery.TerminateAsync("It failed.", Token);
            if (--count == 0)
                break;
        }
    }
}
