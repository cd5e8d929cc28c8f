using Naq.Events.Samples.Tests;
using Naq.Events.Testing;

namespace Naq.Events.Aot.Tests;

public sealed class QuickstartTests(PublishedQuickstart quickstart)
{
    [Fact]
    public void It_publishes_without_a_warning()
    {
        quickstart.AssertPublished();
        quickstart.AssertNoWarning();
    }

    [Fact]
    public void It_is_one_native_program()
    {
        quickstart.AssertPublished();
        TestContext.Current.SendDiagnosticMessage($"The native program has {new FileInfo(quickstart.Program).Length:N0} bytes.");
    }

    [Fact]
    public async Task It_runs_on_the_embedded_store()
    {
        using var folder = JobFolder.OfEveryKind();

        var run = await quickstart.RunAsync("--path", folder.Path);

        Report.IsComplete(run, folder);
    }

    [Fact]
    public async Task It_runs_on_a_server()
    {
        using var folder = JobFolder.OfEveryKind();
        await using var server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var run = await quickstart.RunAsync("--path", folder.Path, "--nats", server.Url);

        Report.IsComplete(run, folder);
    }

    [Fact]
    public async Task Failures_say_where_they_come_from_and_are_of_one_kind()
    {
        using var folder = JobFolder.OfEveryKind();
        await using var server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        _ = await quickstart.RunAsync("--path", folder.Path, "--nats", server.Url);

        var events = await StoredEvent.ReadAllAsync(server, TestContext.Current.CancellationToken);
        var failures = events.Where(read => read.EventType == "failed").ToLookup(read => read.JobId);
        Assert.Equal(folder.Unreadable.Order(), failures.Select(job => job.Key).Order());
        foreach (var job in failures)
        {
            Assert.Equal(3, job.Count());
            Assert.Single(job.Select(failed => failed.Json.GetProperty("error_fingerprint").GetString()).Distinct());
            Assert.All(job, failed => Assert.NotEqual("", failed.Json.GetProperty("error_stack").GetString()));
        }
    }

    [Fact]
    public async Task It_finds_the_repository_around_itself()
    {
        var run = await quickstart.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($" files under {RepositoryRoot.Find()}, ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "a whole number from 1", "--workers", "0")]
    [InlineData(2, "Environment 'a.b'", "--environment", "a.b")]
    [InlineData(1, "Start one there (nats-server -js)", "--nats", "nats://127.0.0.1:1")]
    public async Task It_says_what_is_wrong(int exitCode, string message, params string[] arguments)
    {
        var run = await quickstart.RunAsync(["--path", Path.GetDirectoryName(quickstart.Program)!, .. arguments]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }
}
