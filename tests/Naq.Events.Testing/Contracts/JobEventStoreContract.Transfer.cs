using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Naq.Events.Testing.Contracts;

public abstract partial class JobEventStoreContract
{
    [Theory(Timeout = Deadline)]
    [InlineData(JobEventCompression.None)]
    [InlineData(JobEventCompression.Gzip)]
    [InlineData(JobEventCompression.Brotli)]
    public async Task What_is_exported_is_imported_as_it_was(JobEventCompression compression)
    {
        var original = new JobEvent("größe/1", "failed")
        {
            Message = "line 1\nline 2",
            Details = JobEventFields.Parse("{\n  \"a\": \"b\\n\"\r\n}"),
            Tags = new Dictionary<string, string> { ["tenant"] = "acme" },
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Timestamp = Noon,
        };
        await AppendAsync([original, .. Numbered("job", 3)]);
        using var file = new MemoryStream();

        var written = await Store.ExportAsync(file, options: new JobEventExportOptions { Compression = compression }, cancellationToken: Token);
        await using var target = new InMemoryJobEventStore(new NaqEventsOptions { Environment = Environment, Service = Service });
        file.Position = 0;
        var options = new JobEventImportOptions { Compression = compression == JobEventCompression.Gzip ? null : compression };
        var result = await target.ImportAsync(file, options, cancellationToken: Token);

        Assert.Equal(4, written.Events);
        Assert.Equal((4, 4, 0, written.Bytes), (result.Progress.LastLine, result.Progress.Events, result.Progress.Refused, result.Progress.Bytes));
        Assert.True(file.CanRead);
        var restored = await ReadAsync(target.QueryAsync(cancellationToken: Token));
        Assert.Equal((original.Id, original.TraceParent, original.Timestamp), (restored[0].Id, restored[0].TraceParent, restored[0].Timestamp));
        Assert.Equal(("line 1\nline 2", "b\n", "acme"), (restored[0].Message, restored[0].Details.GetString("a"), restored[0].Tags["tenant"]));
        AssertNumbers([0, 1, 2], NumbersOf(restored.Skip(1)));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_line_is_the_event_of_the_wire_with_what_travels_outside_in_front()
    {
        var original = new JobEvent("job", "completed") { DurationMs = 12.5, Timestamp = Noon, TraceParent = "00-1-2-01" };
        await AppendAsync(original);
        using var file = new MemoryStream();

        _ = await Store.ExportAsync(file, cancellationToken: Token);

        var line = Assert.Single(Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(line);
        Assert.Equal(original.Id, json.RootElement.GetProperty("id").GetGuid());
        Assert.True(json.RootElement.GetProperty("sequence").GetUInt64() > 0);
        Assert.Equal((Environment, Service), (json.RootElement.GetProperty("environment").GetString(), json.RootElement.GetProperty("service").GetString()));
        Assert.Equal("00-1-2-01", json.RootElement.GetProperty("traceparent").GetString());
        Assert.Equal(12.5, JobEvent.Parse(Encoding.UTF8.GetBytes(line)).DurationMs);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_imported_event_keeps_its_id_time_and_trace_and_a_second_import_stores_nothing()
    {
        const string Lines = """
            {"id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","traceparent":"00-1-2-01","job_id":"job","event_type":"started","timestamp":1777896000.25}

            {"job_id":"job","event_type":"completed","timestamp":1777896001}
            """;
        var first = await Store.ImportAsync(Utf8(Lines), cancellationToken: Token);
        var second = await Store.ImportAsync(Utf8(Lines), cancellationToken: Token);

        var stored = await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token));
        Assert.Equal(2, stored.Count);
        Assert.Equal(
            (Guid.Parse("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"), "00-1-2-01", Noon.AddMilliseconds(250), Service),
            (stored[0].Id, stored[0].TraceParent, stored[0].Timestamp, stored[0].Service));
        Assert.NotEqual(Guid.Empty, stored[1].Id);
        Assert.Equal((3, 2), (first.Progress.LastLine, first.Progress.Events));
        Assert.Equal(first.Progress, second.Progress);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_export_goes_on_after_a_sequence()
    {
        await AppendAsync(Numbered("job", 5));
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        var progress = new RecordedProgress<JobEventExportProgress>();
        _ = await Store.ExportAsync(first, options: new JobEventExportOptions { ProgressInterval = 2 }, progress: progress, cancellationToken: Token);

        var resumed = await Store.ExportAsync(
            second, options: new JobEventExportOptions { AfterSequence = progress.Reports[0].LastSequence }, cancellationToken: Token);

        Assert.Equal([2, 4, 5], progress.Reports.Select(report => report.Events));
        Assert.Equal(3, resumed.Events);
        Assert.EndsWith(Encoding.UTF8.GetString(second.ToArray()), Encoding.UTF8.GetString(first.ToArray()), StringComparison.Ordinal);
        Assert.Equal(first.Length, progress.Reports[^1].Bytes);
        Assert.Equal(0, (await Store.ExportAsync(Stream.Null, options: new JobEventExportOptions { AfterSequence = resumed.LastSequence }, cancellationToken: Token)).Events);
        _ = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Store.ExportAsync(Stream.Null, options: new JobEventExportOptions { AfterSequence = 1_000_000 }, cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task An_import_goes_on_after_a_line_and_tells_how_far_it_is()
    {
        var lines = string.Concat(Enumerable.Range(0, 5).Select(number => $$"""{"job_id":"job","event_type":"started","timestamp":{{number}},"message":"{{number}}"}""" + "\n"));
        var progress = new RecordedProgress<JobEventImportProgress>();

        var result = await Store.ImportAsync(Utf8(lines), new JobEventImportOptions { AfterLine = 2, BatchSize = 2 }, progress, Token);

        AssertNumbers([2, 3, 4], NumbersOf(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token))));
        Assert.Equal([4L, 5L], progress.Reports.Select(report => report.LastLine));
        Assert.Equal((5, 3), (result.Progress.LastLine, result.Progress.Events));
    }

    [Fact(Timeout = Deadline)]
    public async Task Lines_that_are_no_events_are_reported_by_number_and_passed_over()
    {
        var lines = string.Join(
            '\n',
            """{"job_id":"job","event_type":"started","timestamp":1,"message":"0"}""",
            "not json",
            """{"job_id":"job","event_type":"UPPER","timestamp":1}""",
            """{"id":"7","job_id":"job","event_type":"started","timestamp":1}""",
            new string('x', 8 * 1024 * 1024),
            """{"job_id":"job","event_type":"started","timestamp":1,"message":"1"}""",
            """{"job_id":"job","event_type":"sta""");

        var result = await Store.ImportAsync(Utf8(lines), new JobEventImportOptions { MaxRefusedLines = 4 }, cancellationToken: Token);

        Assert.Equal([2L, 3, 4, 5], result.RefusedLines.Select(refused => refused.Line));
        Assert.All(result.RefusedLines, static refused => Assert.NotEmpty(refused.Problem));
        Assert.Equal((7, 2, 5), (result.Progress.LastLine, result.Progress.Events, result.Progress.Refused));
        AssertNumbers([0, 1], NumbersOf(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token))));
        var stopped = await Assert.ThrowsAsync<JobEventImportException>(
            async () => await Store.ImportAsync(Utf8(lines), new JobEventImportOptions { StopOnRefusedLine = true }, cancellationToken: Token));
        Assert.Equal(1, stopped.Result.Progress.LastLine);
        Assert.Contains("Line 2", stopped.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline)]
    public async Task Events_of_another_service_or_environment_are_refused_unless_allowed()
    {
        const string Line = """{"environment":"prod","service":"shop","job_id":"job","event_type":"started","timestamp":1}""";

        var refusal = await Assert.ThrowsAsync<JobEventImportException>(async () => await Store.ImportAsync(Utf8(Line), cancellationToken: Token));
        Assert.Contains("prod", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Store.CountAsync(cancellationToken: Token));

        _ = await Store.ImportAsync(Utf8(Line), new JobEventImportOptions { AllowOtherOrigin = true }, cancellationToken: Token);
        Assert.Equal(Environment, Assert.Single(await ReadAsync(Store.GetByJobAsync("job", cancellationToken: Token))).Environment);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_file_that_is_cut_off_damaged_or_something_else_is_said_to_be_so()
    {
        await AppendAsync(Numbered("job", 200));
        using var file = new MemoryStream();
        _ = await Store.ExportAsync(
            file, options: new JobEventExportOptions { Compression = JobEventCompression.Gzip, ProgressInterval = 50 }, progress: new RecordedProgress<JobEventExportProgress>(), cancellationToken: Token);
        var target = await OpenAsync(Environment, "restored");
        var options = new JobEventImportOptions { AllowOtherOrigin = true };

        foreach (var cut in new[] { (int)file.Length / 2, (int)file.Length - 5 })
        {
            using var part = new MemoryStream(file.ToArray(), 0, cut);
            var refusal = await Assert.ThrowsAsync<JobEventImportException>(async () => await target.ImportAsync(part, options, cancellationToken: Token));
            Assert.InRange(refusal.Result.Progress.Events, 1, 200);
        }

        using var empty = new MemoryStream();
        Assert.Equal(default, (await target.ImportAsync(empty, cancellationToken: Token)).Progress);
        using var binary = new MemoryStream([0xFF, 0x00, 0x10, 0x80]);
        Assert.Equal(1, (await target.ImportAsync(binary, cancellationToken: Token)).Progress.Refused);
        using var noGzip = new MemoryStream([0x1F, 0x8B, 0x00, 0x80]);
        _ = await Assert.ThrowsAsync<JobEventImportException>(async () => await target.ImportAsync(noGzip, options, cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Gzip_files_that_were_joined_are_read_as_one_and_one_that_is_cut_off_is_told()
    {
        await AppendAsync([.. Numbered("a", 120), .. Numbered("b", 80), .. Numbered("c", 3)]);
        using var joined = new MemoryStream();
        foreach (var job in new[] { "a", "b", "c" })
            _ = await Store.ExportAsync(joined, JobEventFilter.ForJob(job), new JobEventExportOptions { Compression = JobEventCompression.Gzip }, cancellationToken: Token);

        var options = new JobEventImportOptions { AllowOtherOrigin = true };
        var whole = await OpenAsync("other", "target");
        joined.Position = 0;
        Assert.Equal(203, (await whole.ImportAsync(joined, options, cancellationToken: Token)).Progress.Events);

        var part = await OpenAsync("other", "part");
        using var cut = new MemoryStream(joined.ToArray(), 0, (int)joined.Length - 5);
        _ = await Assert.ThrowsAsync<JobEventImportException>(async () => await part.ImportAsync(cut, options, cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task Bad_transfers_are_refused_before_anything_is_read()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobEventExportOptions { ProgressInterval = 0 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobEventExportOptions { Compression = (JobEventCompression)9 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobEventImportOptions { BatchSize = 0 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new JobEventImportOptions { AfterLine = -1 });
        _ = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Store.ExportAsync(Stream.Null, new JobEventFilter { Since = Noon, Until = Noon }, cancellationToken: Token));
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class RecordedProgress<T> : IProgress<T>
    {
        public List<T> Reports { get; } = [];

        public void Report(T value) => Reports.Add(value);
    }
}
