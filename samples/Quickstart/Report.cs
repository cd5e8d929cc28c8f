using System.Globalization;
using Naq.Events;
using Spectre.Console;

namespace Quickstart;

/// <summary>Reads the events back from the store, shows them, and checks that none is missing.</summary>
public sealed class Report(IJobEventStore store, LiveTotals totals)
{
    private const int SlowestJobs = 5;
    private const int PlainWidth = 160;

    /// <summary>Says what is about to happen, and where events go.</summary>
    public static void Heading(QuickstartOptions options, SourceFolder folder)
    {
        var root = Shown(options.Folder.FullName);
        Console.WriteLine($"SHA-256 of {Number(folder.Files.Count)} files under {root}, {options.Workers} at once.");
        Console.WriteLine(options.Nats is { } url
            ? $"Events go to JetStream on {WithoutUser(url)}, stream {options.Stream}."
            : "Events go to the embedded store, in this process's memory. For JetStream, add --nats nats://localhost:4222");
        Console.WriteLine($"Subjects: naq.events.{options.Environment}.{options.Service}.<job id>.<event>");
        foreach (var problem in folder.Unreadable)
            Console.WriteLine($"Left out: {Shown(problem)}");
    }

    /// <summary>Writes the report.</summary>
    /// <returns>Whether the store, the handlers and the log agree.</returns>
    public async Task<bool> WriteAsync(RunResult run)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = PlainWidth;

        if (run.Stopped)
        {
            var cancelled = run.Logged.GetValueOrDefault("cancelled");
            Console.WriteLine(
                $"Stopped: of {Number(run.Jobs)} jobs in the queue, {Number(totals.Completed)} completed and "
                + $"{Number(cancelled)} were cancelled.");
        }

        var equal = await WriteCountsAsync(run);
        WriteThroughput(run);
        var slowest = await WriteSlowestAsync();
        await WriteTimelineAsync(slowest);
        WriteVerdict(run, equal);
        return equal;
    }

    private async Task<bool> WriteCountsAsync(RunResult run)
    {
        var table = new Table().AddColumns("event", "logged", "stored", "handled");
        foreach (var column in table.Columns.Skip(1))
            column.Alignment = Justify.Right;

        var equal = true;
        long stored = 0;
        foreach (var (name, logged) in run.Logged.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            var inStore = await store.CountAsync(JobEventFilter.ForNames(name));
            var handled = totals.Counts.GetValueOrDefault(name);
            _ = table.AddRow(name, Number(logged), Number(inStore), Number(handled));
            equal &= logged == inStore && logged == handled;
            stored += inStore;
        }

        // Of all names, so that an event nobody logged would be seen.
        var all = await store.CountAsync();
        var allHandled = totals.Counts.Values.Sum();
        _ = table.AddRow("all", Number(run.Events), Number(all), Number(allHandled));
        AnsiConsole.Write(table);
        return equal && all == stored && allHandled == run.Events;
    }

    private void WriteThroughput(RunResult run)
    {
        var seconds = run.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:F2} s: {run.Events / seconds:N0} events/s, {totals.Completed / seconds:N0} files/s, "
            + $"{totals.Bytes / 1e6 / seconds:N1} MB/s. {totals.Bytes:N0} bytes, {totals.Contents:N0} different contents."));
    }

    private async Task<string?> WriteSlowestAsync()
    {
        var slowest = new PriorityQueue<JobEvent, double>();
        await foreach (var completed in store.GetByTypeAsync(JobEventType.Completed))
        {
            slowest.Enqueue(completed, completed.DurationMs ?? 0);
            if (slowest.Count > SlowestJobs)
                _ = slowest.Dequeue();
        }

        var table = new Table().Title("The slowest jobs").AddColumns("ms", "CPU ms", "MiB", "job");
        foreach (var column in table.Columns.SkipLast(1))
            column.Alignment = Justify.Right;

        string? jobId = null;
        foreach (var job in Descending(slowest))
        {
            jobId ??= job.JobId;
            _ = table.AddRow(
                new Text(Number(job.DurationMs, "N2")),
                new Text(Number(job.CpuTimeMs, "N2")),
                new Text(Number(job.MemoryMb, "N3")),
                new Text(Shown(job.JobId)));
        }

        if (jobId is not null)
            AnsiConsole.Write(table);

        return jobId;
    }

    /// <summary>A job that was tried again has most to tell.</summary>
    private async Task WriteTimelineAsync(string? otherwise)
    {
        var jobId = otherwise;
        await foreach (var retried in store.GetByTypeAsync(JobEventType.RetryScheduled, limit: 1))
            jobId = retried.JobId;

        if (jobId is null)
            return;

        var table = new Table()
            .Title(Markup.Escape($"All events of {Shown(jobId)}"))
            .AddColumns("ms", "event", "message", "error");
        table.Columns[0].Alignment = Justify.Right;
        DateTimeOffset? first = null;
        await foreach (var happened in store.GetByJobAsync(jobId))
        {
            first ??= happened.Timestamp;
            _ = table.AddRow(
                new Text(Number((happened.Timestamp - first.Value).TotalMilliseconds, "N3")),
                new Text(happened.EventName),
                new Text(Shown(happened.Message ?? "")),
                new Text(Shown(happened.ErrorMessage ?? "")));
        }

        AnsiConsole.Write(table);
    }

    private void WriteVerdict(RunResult run, bool equal)
    {
        if (equal)
        {
            Console.WriteLine($"Equal: {Number(run.Events)} events logged, stored and handled.");
            return;
        }

        Console.WriteLine("NOT EQUAL: what was logged, stored and handled differs; the table above says where.");
        if (run.Flush.Remaining > 0)
            Console.WriteLine($"The store did not take {Number(run.Flush.Remaining)} events in time. Is the server there?");
        else if (totals.Counts.Values.Sum() == run.Events)
            Console.WriteLine("All were handled, so they were stored once: look at the stream's limits.");
    }

    private static IEnumerable<JobEvent> Descending(PriorityQueue<JobEvent, double> slowest) =>
        slowest.UnorderedItems.OrderByDescending(job => job.Priority).Select(job => job.Element);

    private static string Number(double? value, string format = "N0") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A file's name may hold anything, also what moves a terminal's cursor.</summary>
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private static string WithoutUser(string url)
    {
        var user = url.LastIndexOf('@');
        return user < 0 ? url : url[(user + 1)..];
    }
}
