using System.Diagnostics;

namespace Naq.Events.Benchmarks.Scale;

/// <summary>Grows the stream to a size, then asks of it what an application asks.</summary>
internal sealed class ScaleMeasurement(ScaleStream stream)
{
    private const int JobQueries = 500;
    private const int Counts = 5;
    private const int MostRead = 1_000_000;

    private readonly Random _random = new(17);
    private double _clientMebibytes;

    public async Task<ScalePoint> RunAsync(long events)
    {
        var before = stream.Events;
        var started = Stopwatch.GetTimestamp();
        await stream.GrowAsync(events).ConfigureAwait(false);
        var logged = (stream.Events - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        NoteMemory();
        var server = stream.ServerMebibytes;
        var jobs = await JobQueriesAsync().ConfigureAwait(false);
        var counts = await CountsAsync().ConfigureAwait(false);
        var oneName = await RateAsync(JobEventFilter.ForNames(ScaleStream.Names[stream.EventsPerJob - 1])).ConfigureAwait(false);
        var all = await RateAsync(JobEventFilter.All.InAllServices().InAllEnvironments()).ConfigureAwait(false);
        var processed = await ProcessAsync().ConfigureAwait(false);
        return new ScalePoint(stream.Events, stream.Jobs)
        {
            LoggedPerSecond = logged,
            ServerMebibytes = server,
            ClientMebibytes = _clientMebibytes,
            JobMedianMs = jobs[jobs.Length / 2],
            JobPercentile99Ms = jobs[(int)(jobs.Length * 0.99)],
            CountTypeMs = counts[counts.Length / 2],
            OneNamePerSecond = oneName,
            AllPerSecond = all,
            ProcessedPerSecond = processed,
            RestartSeconds = (await stream.RestartAsync().ConfigureAwait(false)).TotalSeconds,
        };
    }

    private async Task<double[]> JobQueriesAsync()
    {
        var times = new double[JobQueries];
        for (var i = 0; i < times.Length; i++)
        {
            var jobId = ScaleStream.JobId(_random.Next(stream.Jobs));
            var started = Stopwatch.GetTimestamp();
            var count = 0;
            await foreach (var jobEvent in stream.Store.GetByJobAsync(jobId).ConfigureAwait(false))
                count += jobEvent.JobId == jobId ? 1 : 0;

            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (count != stream.EventsPerJob)
                throw new InvalidOperationException($"{count} of {stream.EventsPerJob} events of '{jobId}' were read.");
        }

        NoteMemory();
        Array.Sort(times);
        return times;
    }

    private async Task<double[]> CountsAsync()
    {
        var times = new double[Counts];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var count = await stream.Store.CountAsync(JobEventFilter.ForNames(ScaleStream.Names[0])).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (count != stream.Jobs)
                throw new InvalidOperationException($"{count} of {stream.Jobs} events were counted.");
        }

        Array.Sort(times);
        return times;
    }

    private async Task<double> RateAsync(JobEventFilter filter)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        await foreach (var jobEvent in stream.Store.QueryAsync(filter, new JobEventQueryOptions { Limit = MostRead }).ConfigureAwait(false))
        {
            if (++count % 100_000 == 0)
                NoteMemory();
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<double> ProcessAsync()
    {
        var wanted = (int)Math.Min(MostRead, stream.Events);
        var handled = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new JobEventProcessorOptions { Name = $"scale-{stream.Events}", Start = JobEventStart.Beginning };
        var processor = new JobEventProcessor(stream.Store, options);
        await using (processor.ConfigureAwait(false))
        {
            processor.AddHandlers(new EveryEventHandlers(() =>
            {
                if (Interlocked.Increment(ref handled) == wanted)
                    all.SetResult();
            }));
            var started = Stopwatch.GetTimestamp();
            await processor.StartAsync().ConfigureAwait(false);
            await all.Task.ConfigureAwait(false);
            NoteMemory();
            return wanted / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    private void NoteMemory() => _clientMebibytes = Math.Max(_clientMebibytes, Environment.WorkingSet / 1024.0 / 1024.0);
}
