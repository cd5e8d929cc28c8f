using System.Globalization;
using System.Text.RegularExpressions;
using Naq.Events.Samples.Tests;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Aot.Tests;

/// <summary>The worker service as its users run it: native, against a server, until its manager ends it.</summary>
public sealed partial class WorkerTests(PublishedWorker worker) : IAsyncLifetime
{
    private const long EnoughEvents = 1_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private NatsServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void It_publishes_without_a_warning()
    {
        worker.AssertPublished();
        worker.AssertNoWarning();
    }

    [Fact]
    public async Task What_it_logged_is_stored_and_handled_when_it_is_ended_in_the_middle()
    {
        await using var running = Start("--pause", "1", "--concurrency", "8");
        await running.LineAsync("The first invoice's events are stored.");
        await Eventually.TrueAsync(async () => (await StreamAsync()).State.Messages >= EnoughEvents, Deadline, "it works");

        await running.TerminateAsync();
        var run = await running.EndAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        var counts = CountsIn(run.Output);
        Assert.Equal((await StreamAsync()).State.Messages, counts.Stored);
        Assert.Equal(counts.Logged, counts.Stored);
        Assert.Equal(counts.Stored, counts.Handled);
        Assert.Equal(0, counts.Lost);
        await Nothing_is_left_to_handle();
        await Every_job_has_come_to_its_end(run.Output);
    }

    [Fact]
    public async Task The_next_process_goes_on_where_this_one_left_off()
    {
        var stored = 0L;
        for (var process = 0; process < 2; process++)
        {
            await using var running = Start("--pause", "0", "--jobs", "300");
            await running.LineAsync("All 300 invoices' events are stored.");
            await running.TerminateAsync();
            var run = await running.EndAsync();

            Assert.Equal(0, run.ExitCode);
            var counts = CountsIn(run.Output);
            Assert.Equal(counts.Stored, counts.Handled);
            stored += counts.Stored;
        }

        Assert.Equal((await StreamAsync()).State.Messages, stored);
        await Nothing_is_left_to_handle();
    }

    [Fact]
    public async Task It_says_how_it_is()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var running = Start("--health-file", file);
            await Eventually.TrueAsync(() => File.ReadAllLines(file).Length == 4, Deadline, "the health is written");
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal("Healthy", lines[0]);
            Assert.Equal(["naq-logger", "naq-processor", "naq-store"], lines[1..].Select(static line => line.Split(':')[0]).Order());
            await running.TerminateAsync();
            Assert.Equal(0, (await running.EndAsync()).ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Without_a_server_it_says_what_to_do()
    {
        var run = await worker.RunAsync("--nats", "nats://127.0.0.1:1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Start one there (nats-server -js)", run.Error, StringComparison.Ordinal);
    }

    private static (long Logged, long Stored, long Handled, long Lost) CountsIn(string output)
    {
        var counts = StoppedLine().Match(output);
        Assert.True(counts.Success, output);
        return (Of(1), Of(2), Of(3), Of(4));

        long Of(int group) => long.Parse(counts.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    private RunningSample Start(params IEnumerable<string> arguments)
    {
        worker.AssertPublished();
        return new RunningSample([worker.Program, "--nats", _server.Url, .. arguments]);
    }

    private async Task<StreamInfo> StreamAsync()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = _server.Url });
        return (await new NatsJSContext(connection).GetStreamAsync("naq_events", cancellationToken: TestContext.Current.CancellationToken)).Info;
    }

    private async Task Nothing_is_left_to_handle()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = _server.Url });
        var consumer = await new NatsJSContext(connection).GetConsumerAsync("naq_events", "ledger", TestContext.Current.CancellationToken);
        Assert.Equal(0UL, consumer.Info.NumPending);
        Assert.Equal(0, consumer.Info.NumAckPending);
    }

    private async Task Every_job_has_come_to_its_end(string output)
    {
        var events = await StoredEvent.ReadAllAsync(_server, TestContext.Current.CancellationToken);
        var jobs = events.GroupBy(static read => read.JobId).ToList();
        foreach (var job in jobs)
        {
            Assert.Equal("started", job.First().EventType);
            Assert.Contains(job.Last().EventType, (string[])["completed", "failed", "cancelled"]);
        }

        Assert.Equal(
            jobs.Where(static job => job.Last().EventType == "failed").Select(static job => job.Key).Order(),
            NotRendered().Matches(output).Select(static line => line.Groups[1].Value).Order());
    }

    [GeneratedRegex("^Stopped: ([0-9]+) events logged, ([0-9]+) stored, ([0-9]+) handled, ([0-9]+) lost[.]$", RegexOptions.Multiline)]
    private static partial Regex StoppedLine();

    [GeneratedRegex("(invoice-[0-9-]+) is not rendered: The customer of invoice [0-9]+ has no address[.]")]
    private static partial Regex NotRendered();
}
