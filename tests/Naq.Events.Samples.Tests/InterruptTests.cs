using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

public sealed class InterruptTests
{
    private const int Files = 40;
    private const int Interrupted = 130;

    [Fact]
    public Task Ctrl_C_ends_a_run_on_the_embedded_store() => Ends_cleanly();

    [Fact]
    public async Task Ctrl_C_ends_a_run_on_a_server()
    {
        await using var server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        await Ends_cleanly("--nats", server.Url);
    }

    private static async Task Ends_cleanly(params string[] arguments)
    {
        using var folder = JobFolder.OfLarge(Files);
        await using var sample = new RunningSample(["dotnet", Sample.Program, "--path", folder.Path, "--workers", "2", .. arguments]);
        await sample.LineAsync("  ");
        await sample.InterruptAsync();

        var run = await sample.EndAsync();

        Assert.Equal("", run.Error);
        Assert.Equal(Interrupted, run.ExitCode);
        Assert.Contains($"Stopped: of {Files} jobs in the queue, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("events logged, stored and handled.", run.Output, StringComparison.Ordinal);
        var counts = Report.CountsIn(run.Output);
        Assert.Equal(Files, counts["cancelled"].Stored + counts.GetValueOrDefault("completed").Stored);
    }
}
