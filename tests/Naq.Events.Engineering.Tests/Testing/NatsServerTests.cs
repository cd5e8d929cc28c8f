using System.Diagnostics;
using System.Globalization;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Engineering.Tests.Testing;

public sealed class NatsServerTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2.15", "2.1")]
    [InlineData("2.10", "2.10.")]
    public async Task It_starts_the_version_asked_for_with_JetStream(string version, string expected)
    {
        await using var server = await NatsServer.StartAsync(new NatsServerOptions { Version = version }, CancellationToken);
        await using var connection = new NatsConnection(new NatsOpts { Url = server.Url });
        await connection.ConnectAsync();

        Assert.StartsWith(expected, connection.ServerInfo!.Version, StringComparison.Ordinal);
        Assert.True(connection.ServerInfo.JetStreamAvailable);
    }

    [Fact]
    public async Task Stored_messages_survive_a_kill_and_a_restart_on_the_same_address()
    {
        await using var server = await NatsServer.StartAsync(new NatsServerOptions { SyncInterval = "always" }, CancellationToken);
        var url = server.Url;
        await using (var connection = new NatsConnection(new NatsOpts { Url = url }))
        {
            var stream = new NatsJSContext(connection);
            await stream.CreateStreamAsync(new StreamConfig("kept", ["kept.*"]), CancellationToken);
            (await stream.PublishAsync("kept.one", "still here", cancellationToken: CancellationToken)).EnsureSuccess();
        }

        var first = server.ProcessId;
        server.Kill();
        Assert.False(IsAlive(first));
        await server.RestartAsync(CancellationToken);

        Assert.Equal(url, server.Url);
        Assert.NotEqual(first, server.ProcessId);
        await using var again = new NatsConnection(new NatsOpts { Url = url });
        var kept = await new NatsJSContext(again).GetStreamAsync("kept", cancellationToken: CancellationToken);
        Assert.Equal(1, kept.Info.State.Messages);
    }

    [Fact]
    public async Task A_suspended_server_answers_once_it_is_resumed()
    {
        await using var server = await NatsServer.StartAsync(cancellationToken: CancellationToken);
        await using var connection = new NatsConnection(new NatsOpts { Url = server.Url });
        await connection.ConnectAsync();

        server.Suspend();
        var ping = connection.PingAsync(CancellationToken).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => ping.WaitAsync(TimeSpan.FromMilliseconds(300), CancellationToken));

        server.Resume();
        Assert.True(await ping > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_running_server_takes_another_configuration_or_says_why_not()
    {
        await using var server = await NatsServer.StartAsync(cancellationToken: CancellationToken);
        await server.ReconfigureAsync(new NatsServerOptions { Configuration = "max_payload: 2048" }, CancellationToken);
        await using var connection = new NatsConnection(new NatsOpts { Url = server.Url });
        await connection.ConnectAsync();
        Assert.Equal(2_048, connection.ServerInfo!.MaxPayload);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => server.ReconfigureAsync(
            new NatsServerOptions { Configuration = "no_such_option: 1" }, CancellationToken));
        Assert.Contains("no_such_option", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_told_to_leave_ends_by_itself()
    {
        await using var server = await NatsServer.StartAsync(cancellationToken: CancellationToken);

        server.LeaveInGoodOrder();

        await Eventually.TrueAsync(() => !IsAlive(server.ProcessId), TimeSpan.FromSeconds(30), "the server ends");
    }

    [Fact]
    public async Task Dispose_leaves_no_process_and_no_store()
    {
        var server = await NatsServer.StartAsync(cancellationToken: CancellationToken);
        var (pid, store) = (server.ProcessId, server.StoreDirectory);
        Assert.True(IsAlive(pid));

        await server.DisposeAsync();

        Assert.False(IsAlive(pid));
        Assert.False(Directory.Exists(Path.GetDirectoryName(store)));
    }

    [Fact]
    public async Task A_killed_test_process_leaves_no_server_and_no_store()
    {
        var start = new ProcessStartInfo(ServerHost.Program) { RedirectStandardOutput = true };
        start.Environment.Add(ServerHost.Request);
        using var host = Process.Start(start)!;
        var pid = int.Parse((await host.StandardOutput.ReadLineAsync(CancellationToken))!, CultureInfo.InvariantCulture);
        var store = await host.StandardOutput.ReadLineAsync(CancellationToken);
        Assert.True(IsAlive(pid));

        host.Kill();

        await Eventually.TrueAsync(() => !IsAlive(pid), null, "the server ends with the process that started it");
        await Eventually.TrueAsync(
            () => !Directory.Exists(Path.GetDirectoryName(store)), null, "a store that nobody can come back for is removed");
    }

    [Fact]
    public async Task A_server_that_cannot_start_fails_with_its_log()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NatsServer.StartAsync(
            new NatsServerOptions { Configuration = "no_such_option: 1" }, CancellationToken));

        Assert.Contains("no_such_option", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_to_be_had_fails_with_what_to_type()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NatsServer.StartAsync(
            new NatsServerOptions { Version = "2.1" }, CancellationToken));

        Assert.Contains("Get one with: ", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
