using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>Watchdogs on a server, of which one is active.</summary>
public sealed class WatchdogTests : OwnServerTests
{
    private static readonly JobWatchdogOptions Quick = new()
    {
        MissedHeartbeats = 2,
        ShortestSilence = TimeSpan.FromMilliseconds(500),
        CheckInterval = TimeSpan.FromMilliseconds(100),
        TakeOverAfter = TimeSpan.FromSeconds(2),
    };

    [Fact(Timeout = 60_000)]
    public async Task Two_of_them_tell_of_each_silence_once_and_one_takes_over_from_the_other()
    {
        await using var store = Stream.Store();
        await using var other = Stream.Store();
        await using var first = await StartAsync(store);
        await Eventually.TrueAsync(() => first.Status!.IsActive, null, "the first is active");
        await using var second = await StartAsync(other);

        await store.AppendAsync([.. Enumerable.Range(0, 50).Select(static number => Started($"job-{number}"))], Token);
        await Eventually.TrueAsync(async () => await StalledAsync(store) == 50, null, "all have stalled");
        Assert.False(second.Status!.IsActive);
        await first.StopAsync(Token);
        await store.AppendAsync([Started("late"), .. Enumerable.Range(0, 50).Select(static number => Beat($"job-{number}"))], Token);
        await Eventually.TrueAsync(async () => await StalledAsync(store) == 101, null, "all have stalled again, and one more");

        Assert.True(second.Status!.IsActive);
        Assert.Equal(JobState.Stalled, (await store.GetJobAsync("job-7", cancellationToken: Token))!.State);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_watches_its_jobs_and_hands_the_role_over_when_it_stops()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents(options => options.SubjectPrefix = Stream.Prefix)
            .UseJetStream(Server.Url, options => options.StreamName = Stream.Name)
            .AddJobWatchdog(options => options.CheckInterval = TimeSpan.FromMilliseconds(100));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var watchdog = host.Services.GetRequiredService<JobWatchdog>();
        await Eventually.TrueAsync(() => watchdog.Status is { IsActive: true, IsCaughtUp: true }, null, "it watches");

        await host.StopAsync(Token);

        Assert.Null(watchdog.Status);
        var holder = await Stream.JetStream.GetStreamAsync($"KV_{Stream.Name}_leases", cancellationToken: Token);
        var lease = await holder.GetAsync(new StreamMsgGetRequest { LastBySubj = $"$KV.{Stream.Name}_leases.>" }, Token);
        Assert.StartsWith("""{"Owner":null,""", Encoding.UTF8.GetString(lease.Message.Data.Span), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_the_server_does_not_hear_of_any_more_is_taken_over_from()
    {
        await using var relay = new Relay(Server.Port);
        await using var frozen = Stream.Store(configure: options => options.Url = relay.Url);
        await using var store = Stream.Store();
        await using var first = await StartAsync(frozen);
        await Eventually.TrueAsync(() => first.Status!.IsActive, null, "the first is active");
        await using var second = await StartAsync(store);

        relay.StopReading();
        await store.AppendAsync([Started("job")], Token);

        await Eventually.TrueAsync(async () => await StalledAsync(store) == 1, TimeSpan.FromSeconds(20), "the second tells");
        Assert.True(second.Status!.IsActive);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_server_is_away_no_job_is_taken_for_stalled()
    {
        await using var store = Stream.Store();
        await using var watchdog = await StartAsync(store);
        await store.AppendAsync([Started("job", milliseconds: 1_500)], Token);
        await Eventually.TrueAsync(() => watchdog.Status is { IsActive: true, Jobs: 1 }, null, "it is watched");

        Server.Kill();
        await Eventually.TrueAsync(() => watchdog.Status!.SinceCheck > TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20), "it could not ask for longer than the silence that counts");
        await Server.RestartAsync(Token);
        await store.AppendAsync([Beat("job"), new JobEvent("job", JobEventType.Completed)], Token);
        await Eventually.TrueAsync(() => watchdog.Status is { IsActive: true, Jobs: 0 }, TimeSpan.FromSeconds(20), "it heard of the end");

        Assert.Equal(0, await StalledAsync(store));
    }

    private static JobEvent Started(string jobId, int milliseconds = 100) => Of(jobId, "started", milliseconds);

    private static JobEvent Beat(string jobId) => Of(jobId, "heartbeat", 100);

    private static JobEvent Of(string jobId, string eventName, int milliseconds) =>
        new(jobId, eventName) { WorkerId = "worker-1", RunId = "run-1", Details = JobEventFields.Parse($$"""{"heartbeat_ms":{{milliseconds}}}""") };

    private static ValueTask<long> StalledAsync(JetStreamEventStore store) => store.CountAsync(JobEventFilter.ForNames("stalled"), Token);

    private static async Task<JobWatchdog> StartAsync(JetStreamEventStore store)
    {
        await store.InitializeAsync(Token);
        var watchdog = new JobWatchdog(store, Quick);
        await watchdog.StartAsync(Token);
        await Eventually.TrueAsync(() => watchdog.Status!.IsCaughtUp, null, "it has read what is stored");
        return watchdog;
    }
}
