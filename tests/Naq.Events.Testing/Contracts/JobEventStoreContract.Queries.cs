namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Filters, and the messages of <see cref="AppendMixedAsync"/> that each means.</summary>
    public static TheoryData<string, int[]> Filters => new()
    {
        { "", [0, 1, 2, 3, 4, 5, 6, 7] },
        { "job_id=a", [0, 1, 2, 3] },
        { "event_type=failed", [1, 5] },
        { "event_type=failed,completed", [1, 3, 5, 7] },
        { "job_id=a event_type=started,failed", [0, 1, 2] },
        { "worker_id=w1", [0, 1, 4, 5] },
        { "queue_name=mail", [0, 1, 2, 3] },
        { "worker_id=w1 queue_name=print", [4, 5] },
        { "error_type=System.IO.IOException", [1] },
        { "error_fingerprint=f-2", [5] },
        { "correlation_id=request-9", [6] },
        { "tag.tenant=acme", [0, 5] },
        { "tag.tenant=acme tag.tier=gold", [5] },
        { "tag.tenant=\"with \\\"quotes\\\" and ünicode\"", [6] },
        { "message=DISK", [1] },
        { "message=größe", [7] },
        { "since=2026-05-04T12:00:03Z", [3, 4, 5, 6, 7] },
        { "until=2026-05-04T12:00:03Z", [0, 1, 2] },
        { "since=2026-05-04T12:00:01Z until=2026-05-04T12:00:03Z job_id=a", [1, 2] },
        { "queue_name=Mail", [] },
        { "queue_name=mai", [] },
        { "worker_id=w1 event_type=unheard_of", [] },
        { "job_id=unheard-of queue_name=mail", [] },
        { "job_id=b queue_name=print worker_id=w2", [6, 7] },
    };

    [Theory(Timeout = Deadline)]
    [MemberData(nameof(Filters))]
    public async Task A_filter_means_these_events_in_both_orders_and_page_by_page(string text, int[] expected)
    {
        await AppendMixedAsync();
        var filter = JobEventFilter.Parse(text);

        Assert.Equal(expected, Numbers(await ReadAsync(Store.QueryAsync(filter, cancellationToken: Token))));
        Assert.Equal(
            Enumerable.Reverse(expected),
            Numbers(await ReadAsync(Store.QueryAsync(filter, new JobEventQueryOptions { Order = JobEventOrder.NewestFirst }, Token))));
        Assert.Equal(expected.Length, await Store.CountAsync(filter, Token));
        Assert.Equal(
            expected.Skip(1).Take(2),
            Numbers(await ReadAsync(Store.QueryAsync(filter, new JobEventQueryOptions { Offset = 1, Limit = 2 }, Token))));
        Assert.Equal(expected, await PageThroughAsync(filter, JobEventOrder.OldestFirst, pageSize: 2));
        Assert.Equal(Enumerable.Reverse(expected), await PageThroughAsync(filter, JobEventOrder.NewestFirst, pageSize: 1));
    }

    [Fact(Timeout = Deadline)]
    public async Task Many_events_are_read_newest_first_over_all_their_windows()
    {
        await AppendAsync([.. Enumerable.Range(0, 3_000).Select(number =>
            new JobEvent($"job-{number % 700}", number % 100 == 0 ? JobEventType.Failed : JobEventType.Completed) { Message = $"{number}" })]);
        var newestFirst = new JobEventQueryOptions { Order = JobEventOrder.NewestFirst };

        Assert.Equal(
            Enumerable.Range(0, 3_000).Reverse(), NumbersOf(await ReadAsync(Store.QueryAsync(options: newestFirst, cancellationToken: Token))));
        Assert.Equal(
            Enumerable.Range(0, 30).Select(failed => failed * 100).Reverse(),
            NumbersOf(await ReadAsync(Store.QueryAsync(JobEventFilter.ForNames("failed"), newestFirst, Token))));
        AssertNumbers(
            [2_999, 2_998], NumbersOf(await ReadAsync(Store.QueryAsync(options: newestFirst with { Limit = 2 }, cancellationToken: Token))));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_page_goes_on_where_the_last_ended_though_events_were_added()
    {
        await AppendAsync(Numbered("job", 4));
        var first = await Store.QueryPageAsync(options: new JobEventQueryOptions { Limit = 3, Order = JobEventOrder.NewestFirst }, cancellationToken: Token);
        await AppendAsync(Numbered("job", 4, first: 4));

        var cursor = JobEventCursor.Parse($"{first.Next}");
        var second = await Store.QueryPageAsync(
            options: new JobEventQueryOptions { Limit = 3, Order = JobEventOrder.NewestFirst, After = cursor }, cancellationToken: Token);

        AssertNumbers([3, 2, 1], NumbersOf(first.Events));
        AssertNumbers([0], NumbersOf(second.Events));
        Assert.Null(second.Next);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_cursor_of_another_stream_is_refused()
    {
        await AppendAsync(Numbered("job", 4));
        var options = new JobEventQueryOptions { After = JobEventCursor.Parse("2-0123abcd") };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await ReadAsync(Store.QueryAsync(options: options, cancellationToken: Token)));

        Assert.Contains("is not of", refusal.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.QueryPageAsync(options: options, cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Bad_queries_are_refused_before_anything_is_read()
    {
        var inverted = new JobEventFilter { Since = Noon, Until = Noon };

        _ = Assert.Throws<ArgumentException>(() => _ = Store.QueryAsync(inverted, cancellationToken: Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CountAsync(inverted, Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ExplainAsync(inverted, Token));
        _ = Assert.Throws<ArgumentException>(() => _ = Store.QueryAsync(JobEventFilter.All.InService("a.b"), cancellationToken: Token));
        _ = Assert.Throws<ArgumentException>(() => _ = Store.QueryAsync(JobEventFilter.All.InEnvironment(">"), cancellationToken: Token));
        _ = Assert.Throws<ArgumentException>(() => _ = Store.QueryAsync(JobEventFilter.ForJob(""), cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_query_spans_services_and_environments_and_counts_by_them()
    {
        var billing = await OpenAsync(Environment, "billing");
        var production = await OpenAsync("prod", "billing");
        await AppendAsync(Numbered("job", 1));
        await billing.AppendAsync(Numbered("job", 2, first: 10), Token);
        await production.AppendAsync([.. Numbered("job", 3, first: 100), new JobEvent("other", JobEventType.Failed) { Message = "103" }], Token);

        AssertNumbers([0, 10, 11], NumbersOf(await ReadAsync(Store.QueryAsync(JobEventFilter.All.InAllServices(), cancellationToken: Token))));
        AssertNumbers(
            [10, 11, 100, 101, 102],
            NumbersOf(await ReadAsync(Store.QueryAsync(JobEventFilter.ForJob("job").InAllEnvironments().InService("billing"), cancellationToken: Token))));
        Assert.Equal(7, await Store.CountAsync(JobEventFilter.All.InAllEnvironments().InAllServices(), Token));
        Assert.Equal(
            new Dictionary<string, long> { [Service] = 1, ["billing"] = 2 }, await Store.CountByServiceAsync(cancellationToken: Token));
        Assert.Equal(
            new Dictionary<string, long> { [Service] = 1, ["billing"] = 5 },
            await Store.CountByServiceAsync(JobEventFilter.ForNames("started").InAllEnvironments(), Token));
        Assert.Equal(
            new Dictionary<string, long> { ["started"] = 6, ["failed"] = 1 },
            await Store.CountByTypeAsync(JobEventFilter.All.InAllEnvironments().InAllServices(), Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Counts_by_type_and_service_hold_for_filters_of_content_too()
    {
        await AppendMixedAsync();

        Assert.Equal(
            new Dictionary<string, long> { ["started"] = 2, ["failed"] = 1, ["completed"] = 1 },
            await Store.CountByTypeAsync(JobEventFilter.All.InQueue("mail"), Token));
        Assert.Equal(
            new Dictionary<string, long> { [Service] = 4 }, await Store.CountByServiceAsync(JobEventFilter.All.InQueue("mail"), Token));
        Assert.Empty(await Store.CountByTypeAsync(JobEventFilter.All.InQueue("unheard of"), Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_plan_says_what_would_be_read()
    {
        await AppendMixedAsync();

        var ofJob = await Store.ExplainAsync(JobEventFilter.ForJob("a").InQueue("print"), Token);
        Assert.Equal(4, ofJob.EventsRead);
        Assert.Equal(8, ofJob.EventsStored);
        Assert.False(ofJob.ScansAll);
        Assert.Equal(["queue_name"], ofJob.ComparedByReading);

        var scan = await Store.ExplainAsync(JobEventFilter.All.InQueue("print").WithTag("tenant", "acme"), Token);
        Assert.Equal(8, scan.EventsRead);
        Assert.True(scan.ScansAll);
        Assert.Equal(["queue_name", "tags"], scan.ComparedByReading);
        Assert.Contains("It scans the whole store", $"{scan}", StringComparison.Ordinal);
    }

    private static int[] Numbers(IEnumerable<JobEvent> jobEvents) =>
        [.. jobEvents.Select(jobEvent => (int)jobEvent.Timestamp.Subtract(Noon).TotalSeconds)];

    private async Task<List<int>> PageThroughAsync(JobEventFilter filter, JobEventOrder order, int pageSize)
    {
        var numbers = new List<int>();
        JobEventCursor? after = null;
        do
        {
            var page = await Store.QueryPageAsync(filter, new JobEventQueryOptions { Limit = pageSize, Order = order, After = after }, Token);
            numbers.AddRange(Numbers(page.Events));
            after = page.Next;
        }
        while (after is not null);

        return numbers;
    }

    private ValueTask AppendMixedAsync()
    {
        var tenant = new Dictionary<string, string> { ["tenant"] = "acme" };
        return AppendAsync(
            new JobEvent("a", "started") { WorkerId = "w1", QueueName = "mail", Tags = tenant, Timestamp = Noon },
            new JobEvent("a", "failed")
            {
                WorkerId = "w1",
                QueueName = "mail",
                Message = "The disk is full",
                ErrorType = "System.IO.IOException",
                ErrorFingerprint = "f-1",
                Timestamp = Noon.AddSeconds(1),
            },
            new JobEvent("a", "started") { WorkerId = "w2", QueueName = "mail", Message = "w1", Timestamp = Noon.AddSeconds(2) },
            new JobEvent("a", "completed") { WorkerId = "w2", QueueName = "mail", Timestamp = Noon.AddSeconds(3) },
            new JobEvent("b", "started") { WorkerId = "w1", QueueName = "print", Timestamp = Noon.AddSeconds(4) },
            new JobEvent("b", "failed")
            {
                WorkerId = "w1",
                QueueName = "print",
                ErrorFingerprint = "f-2",
                Tags = new Dictionary<string, string>(tenant) { ["tier"] = "gold" },
                Timestamp = Noon.AddSeconds(5),
            },
            new JobEvent("b", "started")
            {
                WorkerId = "w2",
                QueueName = "print",
                CorrelationId = "request-9",
                Tags = new Dictionary<string, string> { ["tenant"] = "with \"quotes\" and ünicode" },
                Timestamp = Noon.AddSeconds(6),
            },
            new JobEvent("b", "completed") { WorkerId = "w2", QueueName = "print", Message = "GRÖSSE Größe", Timestamp = Noon.AddSeconds(7) });
    }
}
