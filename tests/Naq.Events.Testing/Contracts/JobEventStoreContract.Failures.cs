namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Fact(Timeout = Deadline)]
    public async Task Failures_are_grouped_by_fingerprint_then_type_then_name()
    {
        var first = Failure("a", 0, "IOException", "f-1") with { QueueName = "print", ErrorMessage = "disk 1" };
        var last = Failure("b", 9, "IOException", "f-1") with { QueueName = "mail", ErrorMessage = "disk 2" };
        await AppendAsync(
            first,
            Failure("a", 5, "IOException", "f-1") with { QueueName = "mail" },
            Failure("c", 1, "IOException", null),
            Failure("c", 2, "IOException", null),
            new JobEvent("d", "timeout") { Timestamp = Noon.AddSeconds(3) },
            new JobEvent("d", "completed") { Timestamp = Noon.AddSeconds(4) },
            new JobEvent("d", "retry_scheduled") { ErrorType = "IOException", ErrorFingerprint = "f-1" },
            last);

        var report = await Store.TopFailuresAsync(cancellationToken: Token);

        Assert.Equal((6, 0, true), (report.Failures, report.NotGrouped, report.IsComplete));
        Assert.Equal(["f-1", "IOException", "timeout"], report.Groups.Select(group => group.Key));
        var group = report.Groups[0];
        Assert.Equal((3, "f-1", "IOException", "disk 2"), (group.Count, group.Fingerprint, group.ErrorType, group.ErrorMessage));
        Assert.Equal((Noon, Noon.AddSeconds(9)), (group.FirstSeen, group.LastSeen));
        Assert.Equal((2, true, true), (group.JobCount, group.JobCountIsExact, group.QueuesAreComplete));
        Assert.Equal(["mail", "print"], group.Queues);
        Assert.Equal((last.Id, "b", "disk 2"), (group.Samples[0].EventId, group.Samples[0].JobId, group.Samples[0].ErrorMessage));
        Assert.Equal(first.Id, group.Samples[2].EventId);
        Assert.Null(report.Groups[1].Fingerprint);
    }

    [Fact(Timeout = Deadline)]
    public async Task Failures_can_be_narrowed_and_only_so_many_groups_are_told()
    {
        await AppendAsync(Failure("a", 0, "A", "f-1"), Failure("a", 1, "A", "f-1"), Failure("b", 2, "B", "f-2"), Failure("c", 9, "C", "f-3"));

        Assert.Equal(["f-1"], (await Store.TopFailuresAsync(DateTimeOffset.UnixEpoch, limit: 1, Token)).Groups.Select(group => group.Key));
        Assert.Equal(["f-3", "f-2"], (await Store.TopFailuresAsync(Noon.AddSeconds(2), cancellationToken: Token)).Groups.Select(group => group.Key));
        Assert.Equal(["f-2"], (await Store.TopFailuresAsync(JobEventFilter.ForJob("b"), cancellationToken: Token)).Groups.Select(group => group.Key));
        Assert.Empty((await Store.TopFailuresAsync(JobEventFilter.ForNames("timeout"), cancellationToken: Token)).Groups);
        Assert.Equal(4, Store.TopFailures(options: new JobFailureOptions { Limit = 0 }).Failures);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_a_cap_leaves_out_is_said()
    {
        await AppendAsync(
            Failure("a", 0, "A", "f-1"), Failure("b", 1, "A", "f-1"), Failure("c", 2, "A", "f-1"), Failure("c", 3, "B", "f-2"), Failure("c", 4, "B", "f-2"));

        var report = await Store.TopFailuresAsync(
            options: new JobFailureOptions { MaxGroups = 1, MaxJobsPerGroup = 2, Samples = 1 }, cancellationToken: Token);

        Assert.Equal((5, 2, false), (report.Failures, report.NotGrouped, report.IsComplete));
        var group = Assert.Single(report.Groups);
        Assert.Equal((3, 3, false), (group.Count, group.JobCount, group.JobCountIsExact));
        Assert.Equal("c", Assert.Single(group.Samples).JobId);
    }

    [Fact(Timeout = Deadline)]
    public async Task Bad_questions_for_failures_are_refused()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobFailureOptions { Limit = -1 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobFailureOptions { MaxGroups = 0 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobFailureOptions { MaxJobsPerGroup = 0 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobFailureOptions { Samples = -1 });
        _ = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Store.TopFailuresAsync(new JobEventFilter { Since = Noon, Until = Noon }, cancellationToken: Token));
    }

    private static JobEvent Failure(string jobId, int second, string type, string? fingerprint) =>
        new(jobId, "failed") { ErrorType = type, ErrorFingerprint = fingerprint, Timestamp = Noon.AddSeconds(second) };
}
