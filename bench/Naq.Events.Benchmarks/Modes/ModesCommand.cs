using System.CommandLine;
using System.Globalization;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Testing;

namespace Naq.Events.Benchmarks.Modes;

/// <summary>The command <c>modes</c>: the ways to publish, on servers of several kinds, by turns.</summary>
internal static class ModesCommand
{
    private const int Rounds = 5;

    private static readonly PublishMode[] Measured = [PublishMode.Pipelined, PublishMode.AtomicBatch];

    public static Command Create()
    {
        var command = new Command("modes", "Events a second by PublishMode: one server, one that syncs always, three with three replicas.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await Console.Out.WriteLineAsync(
                $"| server | {string.Join(" | ", Measured)} |\n| --- |{string.Concat(Measured.Select(static _ => " --- |"))}").ConfigureAwait(false);

            var single = await NatsServer.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (single.ConfigureAwait(false))
                await MeasureAsync("one", single.Url, replicas: 1, events: 100_000).ConfigureAwait(false);

            var synced = await NatsServer.StartAsync(new NatsServerOptions { SyncInterval = "always" }, cancellationToken).ConfigureAwait(false);
            await using (synced.ConfigureAwait(false))
                await MeasureAsync("one, sync_interval: always", synced.Url, replicas: 1, events: 10_000).ConfigureAwait(false);

            var cluster = await NatsCluster.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (cluster.ConfigureAwait(false))
                await MeasureAsync("three, three replicas", cluster.Url, replicas: 3, events: 30_000).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task MeasureAsync(string server, string url, int replicas, int events)
    {
        var values = ShippedValues.Create(events);
        var rates = Measured.ToDictionary(static mode => mode, static _ => new List<double>());

        // The first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var mode in Measured)
            {
                var rate = await PublishAsync(values, url, replicas, mode).ConfigureAwait(false);
                if (round > 0)
                    rates[mode].Add(rate);
            }
        }

        var figures = Measured.Select(mode => rates[mode].Order().ElementAt(Rounds / 2).ToString("N0", CultureInfo.InvariantCulture));
        await Console.Out.WriteLineAsync($"| {server} | {string.Join(" | ", figures)} |").ConfigureAwait(false);
    }

    private static async Task<double> PublishAsync(ShippedValues[] values, string url, int replicas, PublishMode mode)
    {
        var options = new NaqEventsOptions { Service = "bench", Environment = mode.ToString() };
        var store = new JetStreamEventStore(
            options, new JetStreamOptions { Url = url, Replicas = replicas, PublishMode = mode, MaxMessages = -1, MaxBytes = -1 });
        await using (store.ConfigureAwait(false))
        {
            await store.InitializeAsync().ConfigureAwait(false);
            var logger = new JobEventLogger(store, options);
            await using (logger.ConfigureAwait(false))
            {
                var run = await LoggedRun.MeasureAsync(logger, values).ConfigureAwait(false);
                return values.Length / run.Elapsed.TotalSeconds;
            }
        }
    }
}
