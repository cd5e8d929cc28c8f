namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    /// <summary>Ids that a careless encoding would let read another job's events.</summary>
    public static TheoryData<string> OddJobIds =>
    [
        "a.b.c", "*", ">", "a.>", "with space", "tab\tand\nline", "Größe 作业 🚀", "%2A", "%", "a%b", "..", ".", "$JS", "a/b\\c",
        "'quoted\"", new string('x', JobEventLimits.JobIdCharacters), new string('作', JobEventLimits.JobIdCharacters),
    ];

    [Fact(Timeout = Deadline)]
    public async Task An_event_comes_back_as_it_was_stored()
    {
        var stored = new JobEvent("job-1", "payment_captured")
        {
            Message = "Captured 12.50 €",
            WorkerId = "worker-7",
            WorkerType = "billing",
            QueueName = "payments",
            DurationMs = 12.25,
            Attempt = 2,
            Tags = new Dictionary<string, string> { ["tenant"] = "acme" },
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };

        await AppendAsync(stored);

        var read = Assert.Single(await ReadAsync(Store.GetByJobAsync("job-1", cancellationToken: Token)));
        Assert.Equal(stored.Id, read.Id);
        Assert.Equal(stored.Id.ToString(), read.MessageId);
        Assert.Equal(stored.TraceParent, read.TraceParent);
        Assert.Equal(Environment, read.Environment);
        Assert.Equal(Service, read.Service);
        Assert.True(read.Sequence > 0);
        Assert.Equal(stored.ToString(), read.ToString());
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_come_back_in_the_order_they_were_stored_in()
    {
        await AppendAsync(Numbered("job", 1_500));

        var read = await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token));

        Assert.Equal(Enumerable.Range(0, 1_500), NumbersOf(read));
        Assert.Equal(read.Select(jobEvent => jobEvent.Sequence).Order(), read.Select(jobEvent => jobEvent.Sequence));
    }

    [Fact(Timeout = Deadline)]
    public async Task Nothing_is_read_from_nothing()
    {
        await AppendAsync();

        Assert.Empty(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token)));
        Assert.Empty(await ReadAsync(Store.GetByTypeAsync("started", cancellationToken: Token)));
        Assert.Equal(0, await Store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_that_is_stored_again_is_stored_once()
    {
        var events = Numbered("job", 10);
        await AppendAsync(events);

        await AppendAsync(events);
        await AppendAsync([.. events, .. Numbered("job", 1, first: 10)]);

        Assert.Equal(Enumerable.Range(0, 11), NumbersOf(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token))));
        Assert.Equal(11, await Store.CountAsync(cancellationToken: Token));
    }

    [Theory(Timeout = Deadline)]
    [InlineData(null, 0, 0, 10)]
    [InlineData(3, 0, 0, 3)]
    [InlineData(3, 4, 4, 3)]
    [InlineData(null, 7, 7, 3)]
    [InlineData(100, 9, 9, 1)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(5, 10, 0, 0)]
    [InlineData(int.MaxValue, 2, 2, 8)]
    public async Task Limit_and_offset_choose_a_page(int? limit, int offset, int first, int count)
    {
        await AppendAsync(Numbered("job", 10));

        var expected = Enumerable.Range(first, count).ToArray();
        AssertNumbers(expected, NumbersOf(await ReadAsync(Store.GetByJobAsync("job", limit, offset, Token))));
        AssertNumbers(expected, NumbersOf(await ReadAsync(Store.GetByTypeAsync("started", limit, offset, Token))));
    }

    [Fact]
    public void A_negative_limit_or_offset_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => _ = Store.GetByJobAsync("job", limit: -1, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>("offset", () => _ = Store.GetByJobAsync("job", offset: -1, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => _ = Store.GetByTypeAsync("failed", limit: -1, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>("offset", () => _ = Store.GetByTypeAsync("failed", offset: -1, cancellationToken: Token));
    }

    [Theory(Timeout = Deadline)]
    [MemberData(nameof(OddJobIds))]
    public async Task An_odd_job_id_reads_its_own_events_only(string jobId)
    {
        await AppendAsync([.. Numbered("bystander", 2), .. Numbered(jobId, 3), .. Numbered("a", 1), .. Numbered("a.b", 1)]);

        var read = await ReadAsync(Store.GetByJobAsync(jobId, cancellationToken: Token));

        Assert.All(read, jobEvent => Assert.Equal(jobId, jobEvent.JobId));
        Assert.Equal([0, 1, 2], NumbersOf(read));
        Assert.Equal(3, await Store.CountAsync(JobEventFilter.ForJob(jobId), Token));
    }

    [Fact]
    public void A_job_id_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>("jobId", () => _ = Store.GetByJobAsync("", cancellationToken: Token));
        Assert.Throws<ArgumentException>("jobId", () => _ = Store.GetByJobAsync(new string('x', 257), cancellationToken: Token));
        Assert.ThrowsAny<ArgumentException>(() => _ = Store.GetByTypeAsync("Not A Name", cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_of_one_type_are_read_across_jobs()
    {
        await AppendAsync(
            new JobEvent("a", JobEventType.Failed) { Message = "0" },
            new JobEvent("a", JobEventType.Completed) { Message = "1" },
            new JobEvent("b", "payment_captured") { Message = "2" },
            new JobEvent("b", JobEventType.Failed) { Message = "3" },
            new JobEvent("c", JobEventType.Failed) { Message = "4" });

        AssertNumbers([0, 3, 4], NumbersOf(await ReadAsync(Store.GetByTypeAsync("failed", cancellationToken: Token))));
        AssertNumbers([2], NumbersOf(await ReadAsync(Store.GetByTypeAsync("payment_captured", cancellationToken: Token))));
        Assert.Empty(await ReadAsync(Store.GetByTypeAsync("unheard_of", cancellationToken: Token)));
    }

    [Fact(Timeout = Deadline)]
    public async Task More_events_of_one_type_than_one_fetch_brings_are_all_read()
    {
        await AppendAsync([.. Enumerable.Range(0, 2_500).SelectMany(number => new[]
        {
            new JobEvent($"job-{number}", JobEventType.Started) { Message = $"{number}" },
            new JobEvent($"job-{number}", JobEventType.Completed),
        })]);

        var read = await ReadAsync(Store.GetByTypeAsync("started", cancellationToken: Token));

        Assert.Equal(Enumerable.Range(0, 2_500), NumbersOf(read));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_filter_says_what_is_counted()
    {
        await AppendAsync(
            new JobEvent("a", JobEventType.Started),
            new JobEvent("a", JobEventType.Failed),
            new JobEvent("a", JobEventType.Started),
            new JobEvent("b", JobEventType.Started),
            new JobEvent("b", JobEventType.Completed),
            new JobEvent("b", "payment_captured"));

        Assert.Equal(6, await Store.CountAsync(cancellationToken: Token));
        Assert.Equal(6, await Store.CountAsync(new JobEventFilter(), Token));
        Assert.Equal(3, await Store.CountAsync(JobEventFilter.ForJob("a"), Token));
        Assert.Equal(3, await Store.CountAsync(JobEventFilter.ForTypes(JobEventType.Started), Token));
        Assert.Equal(2, await Store.CountAsync(JobEventFilter.ForTypes(JobEventType.Failed, JobEventType.Completed), Token));
        Assert.Equal(1, await Store.CountAsync(JobEventFilter.ForNames("payment_captured", "unheard_of"), Token));
        Assert.Equal(2, await Store.CountAsync(new JobEventFilter { JobId = "a", EventNames = ["started"] }, Token));
        Assert.Equal(3, await Store.CountAsync(new JobEventFilter { JobId = "b", EventNames = ["started", "completed", "payment_captured"] }, Token));
        Assert.Equal(0, await Store.CountAsync(JobEventFilter.ForJob("unheard-of"), Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Services_and_environments_are_kept_apart()
    {
        var billing = await OpenAsync(Environment, "billing");
        var production = await OpenAsync("prod", Service);
        await AppendAsync(Numbered("job", 1, first: 1));
        await billing.AppendAsync(Numbered("job", 2, first: 10), Token);
        await production.AppendAsync(Numbered("job", 3, first: 100), Token);

        AssertNumbers([1], NumbersOf(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token))));
        AssertNumbers([10, 11], NumbersOf(await ReadAsync(billing.GetByJobAsync("job", cancellationToken: Token))));
        AssertNumbers([100, 101, 102], NumbersOf(await ReadAsync(production.GetByTypeAsync("started", cancellationToken: Token))));
        Assert.Equal(1, await Store.CountAsync(cancellationToken: Token));
        Assert.Equal(2, await Store.CountAsync(new JobEventFilter { Service = "billing" }, Token));
        Assert.Equal(3, await Store.CountAsync(new JobEventFilter { Service = JobEventFilter.AllServices }, Token));
        Assert.Equal(3, await Store.CountAsync(new JobEventFilter { Service = JobEventFilter.AllServices, JobId = "job" }, Token));
        Assert.Equal(3, await production.CountAsync(new JobEventFilter { Service = JobEventFilter.AllServices }, Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_event_over_a_limit_is_refused_and_nothing_is_stored()
    {
        var tooLarge = new JobEvent("job", JobEventType.Failed)
        {
            Details = JobEventFields.Parse($"{{\"text\":\"{new string('x', JobEventLimits.EventBytes - 100)}\"}}"),
        };

        await Assert.ThrowsAsync<ArgumentException>(async () => await AppendAsync(new JobEvent("job", JobEventType.Started), tooLarge));

        Assert.Equal(0, await Store.CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Appends_from_many_threads_are_all_stored()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(job => Task.Run(
            async () =>
            {
                for (var number = 0; number < 25; number++)
                {
                    await Store.AppendAsync(Numbered($"job-{job}", 1, first: number), Token);
                }
            },
            Token)));

        Assert.Equal(500, await Store.CountAsync(cancellationToken: Token));
        for (var job = 0; job < 20; job++)
        {
            Assert.Equal(Enumerable.Range(0, 25), NumbersOf(await ReadAsync(Store.GetByJobAsync($"job-{job}", cancellationToken: Token))));
        }
    }

    [Fact(Timeout = Deadline)]
    public async Task A_healthy_store_says_what_it_holds()
    {
        await AppendAsync(Numbered("job", 3));

        var health = await Store.CheckHealthAsync(Token);

        Assert.True(health.IsHealthy, health.Description);
        Assert.Equal(3, health.Events);
        Assert.Equal(health.FirstSequence + 2, health.LastSequence);
    }
}
