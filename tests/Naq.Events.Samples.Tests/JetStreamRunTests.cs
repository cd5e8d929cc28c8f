using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

public sealed class JetStreamRunTests : IAsyncLifetime
{
    private NatsServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_same_code_runs_on_a_server()
    {
        using var folder = JobFolder.OfEveryKind();

        var run = await Sample.RunAsync("--path", folder.Path, "--nats", _server.Url);

        Report.IsComplete(run, folder);
        Assert.Contains($"Events go to JetStream on {_server.Url}, stream naq_events.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_thousand_files()
    {
        using var folder = JobFolder.OfMany(2_000);

        var run = await Sample.RunAsync("--path", folder.Path, "--nats", _server.Url);

        Report.IsComplete(run, folder);
    }

    [Fact]
    public async Task Runs_on_one_stream_are_counted_each_for_itself()
    {
        using var folder = JobFolder.OfMany(300);
        Task<ProcessResult> RunAsync() => Sample.RunAsync("--path", folder.Path, "--nats", _server.Url);

        var first = await RunAsync();
        var others = await Task.WhenAll(RunAsync(), RunAsync());

        foreach (var run in others.Append(first))
            Report.IsComplete(run, folder);
    }

    [Fact]
    public async Task What_another_client_reads_is_as_documented()
    {
        using var folder = JobFolder.OfEveryKind();
        var run = await Sample.RunAsync("--path", folder.Path, "--nats", _server.Url);

        var events = await StoredEvent.ReadAllAsync(_server, TestContext.Current.CancellationToken);

        Assert.Equal(Report.CountsIn(run.Output)["all"].Stored, events.Count);
        Assert.Equal(events.Count, events.Select(read => read.MessageId).Distinct().Count());
        var service = Report.ServiceIn(run.Output);
        foreach (var read in events)
            read.IsWellFormed(service);

        foreach (var (jobId, content) in folder.Readable)
        {
            var job = events.Where(read => read.JobId == jobId).ToArray();
            Assert.Equal(["enqueued", "dequeued", "started", "file_hashed", "completed"], job.Select(read => read.EventType));
            var details = job[3].Json.GetProperty("details");
            Assert.Equal(content.LongLength, details.GetProperty("size_bytes").GetInt64());
            Assert.Equal(JobFolder.Sha256(content), details.GetProperty("sha256").GetString());
            Assert.True(job[4].Json.GetProperty("duration_ms").GetDouble() > 0);
            Assert.True(job[4].Json.GetProperty("cpu_time_ms").GetDouble() > 0);
            Assert.True(job[4].Json.GetProperty("memory_mb").GetDouble() >= 0);
            Assert.Single(job[2..].Select(read => read.Json.GetProperty("run_id").GetString()).Distinct());
        }

        foreach (var failed in events.Where(read => read.EventType == "failed"))
        {
            Assert.Contains(failed.JobId, folder.Unreadable);
            Assert.StartsWith("System.", failed.Json.GetProperty("error_type").GetString(), StringComparison.Ordinal);
            Assert.NotEqual("", failed.Json.GetProperty("error_message").GetString());
            Assert.Matches("^[0-9a-f]{16}$", failed.Json.GetProperty("error_fingerprint").GetString());
            Assert.NotEqual("", failed.Json.GetProperty("error_stack").GetString());
        }

        foreach (var jobId in folder.Unreadable)
        {
            var failures = events.Where(read => read.JobId == jobId && read.EventType == "failed");
            Assert.Equal([1, 2, 3], failures.Select(read => read.Json.GetProperty("attempt").GetInt32()));
        }
    }
}
