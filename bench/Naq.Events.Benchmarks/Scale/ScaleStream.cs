using System.Diagnostics;
using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Benchmarks.Scale;

/// <summary>A server of its own with one stream that grows; events are as small as they get.</summary>
internal sealed class ScaleStream : IAsyncDisposable
{
    /// <summary>The events of a job, in their order.</summary>
    public static readonly string[] Names =
    [
        "enqueued", "dequeued", "started", "packed", "weighed", "labelled", "handed_over", "tracked", "delivered", "completed",
    ];

    private const int JobsUnderWay = 1_000;

    private static readonly NaqEventsOptions Options = new() { Service = "scale" };

    private readonly NatsServer _server;

    private ScaleStream(NatsServer server, JetStreamEventStore store, int eventsPerJob) => (_server, Store, EventsPerJob) = (server, store, eventsPerJob);

    public JetStreamEventStore Store { get; }

    public int EventsPerJob { get; }

    public int Jobs { get; private set; }

    public long Events => (long)Jobs * EventsPerJob;

    /// <summary>The server's resident memory, in MiB.</summary>
    public double ServerMebibytes
    {
        get
        {
            using var process = Process.GetProcessById(_server.ProcessId);
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    public static async Task<ScaleStream> StartAsync(int eventsPerJob)
    {
        var server = await NatsServer.StartAsync(new NatsServerOptions { ReadyDeadline = TimeSpan.FromMinutes(10) }).ConfigureAwait(false);
        var store = new JetStreamEventStore(Options, new JetStreamOptions { Url = server.Url, MaxMessages = -1, MaxBytes = -1, Timeout = TimeSpan.FromMinutes(2) });
        await store.InitializeAsync().ConfigureAwait(false);
        return new ScaleStream(server, store, eventsPerJob);
    }

    public static string JobId(int job) => string.Create(CultureInfo.InvariantCulture, $"j{job:D8}");

    /// <summary>Logs events until there are so many, a thousand jobs side by side.</summary>
    public async Task GrowAsync(long events)
    {
        var jobs = (int)(events / EventsPerJob);
        var logger = new JobEventLogger(Store, Options);
        await using (logger.ConfigureAwait(false))
        {
            for (; Jobs < jobs; Jobs = Math.Min(jobs, Jobs + JobsUnderWay))
            {
                foreach (var name in Names.Take(EventsPerJob))
                {
                    for (var job = Jobs; job < Math.Min(jobs, Jobs + JobsUnderWay); job++)
                        await logger.LogAsync(new JobEvent(JobId(job), name)).ConfigureAwait(false);
                }
            }

            var flushed = await logger.FlushAsync().ConfigureAwait(false);
            if (flushed.Remaining > 0)
                throw new InvalidOperationException($"{flushed.Remaining} events are not stored.");
        }
    }

    /// <summary>Kills the server, starts it again, and waits until it answers for the stream.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> RestartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await _server.RestartAsync().ConfigureAwait(false);
        while (!(await Store.CheckHealthAsync().ConfigureAwait(false)).IsHealthy)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System).ConfigureAwait(false);

        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }
}
