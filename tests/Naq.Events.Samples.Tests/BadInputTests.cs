using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Samples.Tests;

/// <summary>What is wrong is said in one message that says what to do: exit code 2 for usage, 1 for the rest.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("'--color'", "--color")]
    [InlineData("'stray'", "stray")]
    [InlineData("--help", "--path")]
    [InlineData("there is no such folder", "--path", "/no/such/folder")]
    [InlineData("a whole number from 1", "--workers", "0")]
    [InlineData("a whole number from 1", "--workers", "-1")]
    [InlineData("a whole number from 1", "--workers", "many")]
    [InlineData("a whole number from 1", "--workers", "99999999999")]
    [InlineData("nats://localhost:4222", "--nats", "")]
    [InlineData("Environment 'a.b'", "--environment", "a.b")]
    [InlineData("Service 'my shop", "--service", "my shop")]
    [InlineData("StreamName", "--nats", "nats://127.0.0.1:1", "--stream", "a.b")]
    public async Task Wrong_usage_is_refused(string message, params string[] arguments)
    {
        var run = await Sample.RunAsync(arguments);

        Says(message, exitCode: 2, run);
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        var run = await Sample.RunAsync("--path", Sample.Program);

        Says("there is no such folder", exitCode: 2, run);
    }

    [Fact]
    public async Task A_server_that_is_not_there()
    {
        var run = await Sample.RunAsync("--nats", "nats://naq:secret@127.0.0.1:1");

        Says("Start one there (nats-server -js)", exitCode: 1, run);
        Assert.Contains("nats://127.0.0.1:1", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_JetStream()
    {
        await using var server = await NatsServer.StartAsync(
            new NatsServerOptions { JetStream = false }, TestContext.Current.CancellationToken);

        var run = await Sample.RunAsync("--nats", server.Url);

        Says("JetStream", exitCode: 1, run);
    }

    [Fact]
    public async Task A_stream_of_that_name_for_other_subjects()
    {
        await using var server = await NatsServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var connection = new NatsConnection(new NatsOpts { Url = server.Url });
        _ = await new NatsJSContext(connection).CreateStreamAsync(
            new StreamConfig("naq_events", ["orders.*"]), TestContext.Current.CancellationToken);

        var run = await Sample.RunAsync("--nats", server.Url);

        Says("orders.*", exitCode: 1, run);
    }

    private static void Says(string message, int exitCode, ProcessResult run)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
