using Naq.Events.Runtime.Tests.Processing;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests.ServiceStreams;

/// <summary>Reads over the streams of several services, and what cannot be.</summary>
public sealed class ServiceStreamTests(SharedServer server) : IAsyncDisposable
{
    private const int Deadline = 60_000;
    private static readonly JobEventFilter Everywhere = JobEventFilter.All.InAllServices();
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestStream _stream = new(server.Url);
    private readonly List<JetStreamEventStore> _stores = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Deadline)]
    public async Task Each_service_has_a_stream_with_its_subjects_only()
    {
        await AppendAsync("shop", 1);
        await AppendAsync("billing", 2);

        var shop = await _stream.JetStream.GetStreamAsync($"{_stream.Name}_shop", cancellationToken: Token);
        var billing = await _stream.JetStream.GetStreamAsync($"{_stream.Name}_billing", cancellationToken: Token);

        Assert.Equal([$"{_stream.Prefix}.*.shop.*.*"], shop.Info.Config.Subjects!);
        Assert.Equal((1, 1), (shop.Info.State.Messages, billing.Info.State.Messages));
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_of_all_services_are_read_by_their_time_in_both_orders()
    {
        await AppendAsync("shop", 1, 4, 5);
        await AppendAsync("billing", 2, 3, 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], await NumbersAsync(Open("shop").QueryAsync(Everywhere, cancellationToken: Token)));
        Assert.Equal(
            [5, 4, 3],
            await NumbersAsync(Open("web").QueryAsync(
                Everywhere, new JobEventQueryOptions { Order = JobEventOrder.NewestFirst, Offset = 1, Limit = 3 }, Token)));
        Assert.Equal([2, 3, 6], await NumbersAsync(Open("shop").QueryAsync(new JobEventFilter { Service = "billing" }, cancellationToken: Token)));
        Assert.Empty(await NumbersAsync(Open("shop").QueryAsync(new JobEventFilter { Service = "nobody" }, cancellationToken: Token)));
    }

    [Theory(Timeout = Deadline)]
    [InlineData(JobEventOrder.OldestFirst)]
    [InlineData(JobEventOrder.NewestFirst)]
    public async Task Pages_go_on_over_all_services_also_as_text_and_beside_a_service_that_is_new(JobEventOrder order)
    {
        await AppendAsync("shop", 1, 2, 5, 6, 9);
        await AppendAsync("billing", 3, 4, 7, 8);
        var store = Open("shop");
        var numbers = new List<int>();
        JobEventCursor? after = null;
        do
        {
            var page = await store.QueryPageAsync(Everywhere, new JobEventQueryOptions { Limit = 2, Order = order, After = after }, Token);
            numbers.AddRange(page.Events.Select(NumberOf));
            after = page.Next is { } next ? JobEventCursor.Parse(next.ToString()) : null;
            if (numbers.Count == 4)
                await AppendAsync("crm", 10);
        }
        while (after is not null);

        // What is stored while pages are read comes at the end, or, backward, is passed already.
        Assert.Equal(order == JobEventOrder.OldestFirst ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [9, 8, 7, 6, 5, 4, 3, 2, 1], numbers);
    }

    [Fact(Timeout = Deadline)]
    public async Task Counts_plans_and_removals_are_of_all_services()
    {
        await AppendAsync("shop", 1, 2, 3);
        await AppendAsync("billing", 4);
        var store = Open("web");

        Assert.Equal(4, await store.CountAsync(Everywhere, Token));
        Assert.Equal(4, (await store.CountByTypeAsync(Everywhere, Token))["started"]);
        Assert.Equal(new Dictionary<string, long> { ["shop"] = 3, ["billing"] = 1 }, await store.CountByServiceAsync(cancellationToken: Token));
        Assert.Equal((4, 4), await store.ExplainAsync(Everywhere, Token) is var plan ? (plan.EventsRead, plan.EventsStored) : default);
        Assert.Equal(2, await store.DeleteAsync(Everywhere.From(Noon.AddSeconds(3)), Token));
        Assert.Equal(2, await store.CountAsync(Everywhere, Token));
        Assert.Equal(0, await store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Jobs_of_all_services_are_listed_the_last_active_first()
    {
        await AppendAsync("shop", 1, 2);
        await AppendAsync("billing", 3);

        var jobs = new List<string>();
        await foreach (var job in Open("shop").ListJobsAsync(new JobListOptions { Service = JobEventFilter.AllServices }, Token))
            jobs.Add($"{job.JobId} of {job.Service}");

        Assert.Equal(["job-3 of billing", "job-2 of shop", "job-1 of shop"], jobs);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_subscription_to_all_services_goes_on_after_its_cursor_and_finds_services_that_are_new()
    {
        await AppendAsync("shop", 1);
        await AppendAsync("billing", 2);
        var (first, cursor) = await TakeAsync(JobEventStart.Beginning, 2);
        await AppendAsync("billing", 3);
        await AppendAsync("crm", 4);
        var (second, _) = await TakeAsync(JobEventStart.After(JobEventCursor.Parse(cursor.ToString())), 2, onCaughtUp: () => AppendAsync("hr", 5), more: 1);

        Assert.Equal([1, 2], first.Order());
        Assert.Equal([3, 4, 5], second.Order());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_new_subscription_sees_what_this_process_appends_after_it_was_begun()
    {
        var store = Open("shop");
        await store.InitializeAsync(Token);
        await AppendAsync("billing", 1);
        await using var messages = store.SubscribeAsync(Everywhere, cancellationToken: Token).GetAsyncEnumerator(Token);
        var next = messages.MoveNextAsync();
        await store.AppendAsync([Event(2)], Token);

        while (await next && messages.Current is not JobEventReceived)
            next = messages.MoveNextAsync();

        Assert.Equal(2, NumberOf(Assert.IsType<JobEventReceived>(messages.Current).Event));
    }

    [Fact]
    public async Task A_sequence_or_a_foreign_cursor_is_no_start_over_all_services()
    {
        await AppendAsync("shop", 1);
        var foreign = JobEventCursor.Parse("1-ab.2-cd");

        var sequence = await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(JobEventStart.At(2), 1));
        Assert.Contains("is of one stream", sequence.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(JobEventStart.After(foreign), 1));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Open("shop").QueryPageAsync(Everywhere, new JobEventQueryOptions { After = foreign }, Token));
    }

    [Fact]
    public async Task Processors_and_dead_letters_of_two_services_do_not_meet()
    {
        var shop = await DeadLetterAsync("shop");
        var billing = await DeadLetterAsync("billing");

        Assert.Equal(1, await shop.CountAsync(cancellationToken: Token));
        Assert.Equal(1, await billing.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public void A_durable_processor_of_all_services_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            new JobEventProcessor(
                Open("shop"), new JobEventProcessorOptions { Name = "all", Service = "*" }));

        Assert.Contains("Run a processor in each service", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_named_like_what_is_beside_a_stream_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<JobEventStoreException>(async () => await Open("shop_dead").InitializeAsync(Token));

        Assert.Contains("without '_dead' at its end", refusal.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();

        await _stream.DisposeAsync();
    }

    private static JobEvent Event(int number) =>
        new($"job-{number}", JobEventType.Started) { Message = $"{number}", Timestamp = Noon.AddSeconds(number) };

    private static int NumberOf(JobEvent jobEvent) => int.Parse(jobEvent.Message!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<int>> NumbersAsync(IAsyncEnumerable<JobEvent> jobEvents)
    {
        var numbers = new List<int>();
        await foreach (var jobEvent in jobEvents)
            numbers.Add(NumberOf(jobEvent));

        return numbers;
    }

    private JetStreamEventStore Open(string service)
    {
        var store = _stream.Store(service: service, configure: static stream => stream.StreamPerService = true);
        _stores.Add(store);
        return store;
    }

    private async Task AppendAsync(string service, params int[] numbers) =>
        await Open(service).AppendAsync([.. numbers.Select(Event)], Token);

    private async Task<(List<int> Numbers, JobEventCursor Cursor)> TakeAsync(
        JobEventStart start, int count, Func<Task>? onCaughtUp = null, int more = 0)
    {
        var numbers = new List<int>();
        var options = new JobEventSubscriptionOptions { Start = start };
        await foreach (var message in Open("web").SubscribeAsync(Everywhere, options, Token))
        {
            if (message is JobEventReceived received)
                numbers.Add(NumberOf(received.Event));
            else if (message is JobEventsCaughtUp && onCaughtUp is not null)
                await onCaughtUp();

            if (numbers.Count == count + more)
                return (numbers, message.Cursor);
        }

        throw new InvalidOperationException("A subscription ended.");
    }

    private async Task<JobEventDeadLetters> DeadLetterAsync(string service)
    {
        var store = Open(service);
        await using var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "same", MaxDeliver = 1, Start = JobEventStart.Beginning });
        processor.AddHandlers(new EveryHandlers(static (_, _, _) => throw new InvalidOperationException("No.")));
        await store.AppendAsync([Event(1)], Token);
        await processor.StartAsync(Token);
        await Eventually.TrueAsync(
            async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, deadline: null, "a dead letter was expected");
        return processor.DeadLetters!;
    }
}
