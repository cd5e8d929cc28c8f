using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Naq.Events.Runtime.Tests.Diagnostics;
using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests.JobViews;

/// <summary>The projector as its user has it.</summary>
public sealed class JobViewProjectorTests : OwnServerTests
{
    private const int Deadline = 60_000;

    [Fact(Timeout = Deadline)]
    public async Task A_host_keeps_the_view_and_tells_how_it_is()
    {
        using var measured = new Measured();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents(options => options.SubjectPrefix = Stream.Prefix)
            .UseJetStream(Server.Url, options => options.StreamName = Stream.Name)
            .AddJobView(options => options.TakeOverAfter = TimeSpan.FromSeconds(1));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var (store, projector) = (host.Services.GetRequiredService<IJobEventStore>(), host.Services.GetRequiredService<JobViewProjector>());
        await store.AppendAsync([new JobEvent("a", "started"), new JobEvent("b", "failed") { QueueName = "mail" }, new JobEvent("a", "completed")], Token);

        await Eventually.TrueAsync(async () => await projector.GetStatusAsync(Token) == new JobViewStatus(3, 0, IsUsed: true), null, "the view is kept");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(projector)).Status);
        Assert.Equal(3, measured.Of("naq.job_view.events", "messaging.destination.name", Stream.Name).Sum(value => value.Value));
        _ = measured.Read("naq.job_view.behind", "");
        Assert.Equal(0, Assert.Single(measured.Of("naq.job_view.behind", "messaging.destination.name", Stream.Name)).Value);

        await host.StopAsync(Token);
        await using var after = Stream.Store();
        await after.AppendAsync(new JobEvent("c", "started"), Token);
        await using var asker = new JobViewProjector(after);
        Assert.Equal(new JobViewStatus(3, 1, IsUsed: true), await asker.GetStatusAsync(Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Until_the_view_is_built_again_the_health_is_degraded()
    {
        await using var store = Stream.Store();
        await using var projector = new JobViewProjector(store, loggerFactory: Stream.Log);
        var unkept = await CheckAsync(projector);
        Assert.Equal(HealthStatus.Degraded, unkept.Status);
        Assert.Contains("nobody keeps it", unkept.Description, StringComparison.Ordinal);

        await store.AppendAsync(new JobEvent("a", "started"), Token);
        projector.Start();
        await Eventually.TrueAsync(async () => await projector.GetStatusAsync(Token) is { Behind: 0, IsUsed: true }, null, "the view is kept");
        await projector.RebuildAsync(Token);
        await Eventually.TrueAsync(async () => await projector.GetStatusAsync(Token) is { Behind: 0, IsUsed: true }, null, "the view is built again");
        projector.Stop();
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stream_with_a_retention_by_type_has_no_view_and_lists_are_folded_from_it()
    {
        await using var store = Stream.Store(configure: options => options.Retention["failed"] = TimeSpan.FromDays(1));
        await store.AppendAsync(new JobEvent("a", "started"), Token);
        await using var projector = new JobViewProjector(store);

        var failure = await Assert.ThrowsAsync<JobEventStoreException>(async () => await projector.StartAsync(Token));
        Assert.Contains("JetStreamOptions.Retention", failure.Message, StringComparison.Ordinal);
        Assert.False((await projector.GetStatusAsync(Token)).IsUsed);
        Assert.Equal("a", Assert.Single(store.ListJobs()).JobId);
    }

    [Fact(Timeout = Deadline)]
    public async Task The_view_goes_on_after_the_server_was_killed()
    {
        await using var store = Stream.Store();
        await using var projector = new JobViewProjector(store, loggerFactory: Stream.Log);
        await projector.StartAsync(Token);
        await store.AppendAsync(new JobEvent("a", "started"), Token);
        await Eventually.TrueAsync(async () => (await projector.GetStatusAsync(Token)).Sequence == 1, null, "the first event is in the view");

        Server.Kill();
        await Server.RestartAsync(Token);
        await store.AppendAsync(new JobEvent("b", "started"), Token);
        await Eventually.TrueAsync(
            async () => (await projector.GetStatusAsync(Token)).Sequence == 2, TimeSpan.FromSeconds(30), "what came after the outage is in the view");
        Assert.Equal(["b", "a"], store.ListJobs().Select(job => job.JobId));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_is_erased_is_gone_from_the_view_too()
    {
        await using var store = Stream.Store();
        await using var projector = new JobViewProjector(store);
        await store.AppendAsync([new JobEvent("a", "started"), new JobEvent("a", "failed") { ErrorType = "E", ErrorMessage = "SECRET-7F3A" }], Token);
        await projector.StartAsync(Token);
        await Eventually.TrueAsync(async () => await projector.GetStatusAsync(Token) is { Behind: 0, IsUsed: true }, null, "the view is kept");
        Assert.Equal(2, FilesWith("SECRET-7F3A"u8));

        Assert.True(await store.EraseAsync(2, Token));

        Assert.Equal(0, FilesWith("SECRET-7F3A"u8));
        Assert.Equal(JobState.Running, Assert.Single(store.ListJobs()).State);
    }

    private static async Task<HealthCheckResult> CheckAsync(JobViewProjector projector)
    {
        var check = new JobViewHealthCheck(projector);
        return await check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("view", check, HealthStatus.Unhealthy, null) }, Token);
    }

    private int FilesWith(ReadOnlySpan<byte> text)
    {
        var files = 0;
        foreach (var file in Directory.GetFiles(Server.StoreDirectory, "*.blk", SearchOption.AllDirectories))
            files += File.ReadAllBytes(file).AsSpan().IndexOf(text) >= 0 ? 1 : 0;

        return files;
    }
}
