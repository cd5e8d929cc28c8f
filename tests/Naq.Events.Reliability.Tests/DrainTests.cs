using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Naq.Events.Testing;

namespace Naq.Events.Reliability.Tests;

/// <summary>Flush, dispose and shutdown, with a server that is gone, frozen, or back just in time.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private const int Deadline = 60_000;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    // What a deadline may be late by on a machine that does much else.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private NatsServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await NatsServer.StartAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory(Timeout = Deadline)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dispose_without_a_server_ends_in_time_and_reports_what_is_left(bool frozen)
    {
        await using var jobs = await StartedAsync(options => options.DrainTimeout = Short);
        Away(frozen);
        await jobs.LogAsync(250, Token);

        var clock = Stopwatch.StartNew();
        await jobs.Logger.DisposeAsync();

        Assert.InRange(clock.Elapsed, Short * 0.9, Short + Margin);
        Assert.All(jobs.Losses, loss => Assert.Equal(JobEventLossKind.Abandoned, loss.Kind));
        Assert.Equal(250, jobs.Losses.SelectMany(loss => loss.EventIds).Distinct().Count());
        Assert.Contains(jobs.Log.Warnings, warning => warning.StartsWith("250 job events were lost (Abandoned)", StringComparison.Ordinal));
        Back(frozen);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dispose_stores_all_when_the_server_is_back_in_time(bool frozen)
    {
        await using var jobs = await StartedAsync(options => options.DrainTimeout = Long);
        Away(frozen);
        await jobs.LogAsync(5_000, Token);
        var disposing = jobs.Logger.DisposeAsync().AsTask();
        await jobs.WarnedAsync("Publishing to");
        Assert.False(disposing.IsCompleted);

        await BackAsync(frozen);

        await disposing.WaitAsync(Long, TimeProvider.System, Token);
        Assert.Empty(jobs.Losses);
        await StoredNumbers.AssertAllAsync(_server.Url, jobs.Logged, Token);
    }

    [Theory(Timeout = Deadline)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flush_that_runs_out_of_time_says_what_remains_and_the_next_one_finds_it_stored(bool frozen)
    {
        await using var jobs = await StartedAsync();
        Away(frozen);
        await jobs.LogAsync(250, Token);

        var clock = Stopwatch.StartNew();
        var blocking = jobs.Logger.Flush(Short);
        Assert.InRange(clock.Elapsed, Short * 0.9, Short + Margin);
        using var soon = new CancellationTokenSource(Short, TimeProvider.System);
        var awaited = await jobs.Logger.FlushAsync(soon.Token);

        Assert.Equal((250, 100), (blocking.Remaining, blocking.RemainingIds.Distinct().Count()));
        Assert.Equal((250, 100), (awaited.Remaining, awaited.RemainingIds.Distinct().Count()));
        await BackAsync(frozen);
        await jobs.AssertEachStoredOnceInOrderAsync(Token);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_host_that_stops_without_a_server_ends_in_time_and_reports_what_is_left()
    {
        var losses = new ConcurrentQueue<JobEventLoss>();
        var drainTimeout = Short * 5;
        var host = Host(losses, drainTimeout);
        await host.StartAsync(Token);
        _server.Kill();
        Log(host, 250);

        var clock = Stopwatch.StartNew();
        await host.StopAsync(Token);
        await ((IAsyncDisposable)host).DisposeAsync();

        // Stop and dispose share it: twice the timeout would be too late.
        Assert.InRange(clock.Elapsed, drainTimeout * 0.9, drainTimeout + (Margin / 2));
        Assert.Equal(250, losses.SelectMany(loss => loss.EventIds).Distinct().Count());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_host_that_stops_stores_all_when_the_server_is_back_in_time()
    {
        var losses = new ConcurrentQueue<JobEventLoss>();
        var host = Host(losses, Long);
        await host.StartAsync(Token);
        _server.Kill();
        Log(host, 250);
        var stopping = host.StopAsync(Token);

        await _server.RestartAsync(Token);
        await stopping.WaitAsync(Long, TimeProvider.System, Token);

        Assert.Equal(250, await host.Services.GetRequiredService<IJobEventStore>().CountAsync(cancellationToken: Token));
        await ((IAsyncDisposable)host).DisposeAsync();
        Assert.Empty(losses);
    }

    private static void Log(IHost host, int count)
    {
        var logger = host.Services.GetRequiredService<IJobEventLogger>();
        for (var number = 0; number < count; number++)
            logger.LogJobStarted("job", "w1", "async");
    }

    private async Task<NumberedJobs> StartedAsync(Action<JobEventLoggerOptions>? configure = null)
    {
        var jobs = new NumberedJobs(_server.Url, configure);
        await jobs.LogAsync(10, Token);
        Assert.True((await jobs.Logger.FlushAsync(Token)).Completed);
        return jobs;
    }

    private IHost Host(ConcurrentQueue<JobEventLoss> losses, TimeSpan drainTimeout)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents(options =>
        {
            options.Logger.DrainTimeout = drainTimeout;
            options.Logger.RetryDelay = TimeSpan.FromMilliseconds(100);
            options.Logger.OnLoss = losses.Enqueue;
        }).UseJetStream(_server.Url);
        return builder.Build();
    }

    private void Away(bool frozen)
    {
        if (frozen)
            _server.Suspend();
        else
            _server.Kill();
    }

    private void Back(bool frozen)
    {
        if (frozen)
            _server.Resume();
    }

    private async Task BackAsync(bool frozen)
    {
        if (frozen)
            _server.Resume();
        else
            await _server.RestartAsync(Token);
    }
}
