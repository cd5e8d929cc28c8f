namespace Naq.Events.Docs.Tests.Snippets;

public static partial class ImportEvents
{
    [JobEvent("rows_imported", "Imported {rows} rows of {file} in {duration:c}")]
    public static partial void LogRowsImported(
        this IJobEventLogger logger, string jobId, string file, long rows, TimeSpan duration, [JobEventTag] string? tenant = null);

    [JobEvent(JobEventType.Failed, "Import of {file} failed")]
    public static partial ValueTask LogImportFailedAsync(
        this IJobEventLogger logger, string jobId, string workerId, string file, Exception exception,
        CancellationToken cancellationToken = default);
}

public sealed partial class ImportHandlers
{
    [OnJobEvent("rows_imported")]
    public void OnRows(string jobId, long rows, string? tenant) => Console.WriteLine($"{jobId}: {rows} rows for {tenant}");

    [OnJobEvent(JobEventType.Failed, JobEventType.Timeout)]
    public ValueTask OnEnd(JobEvent jobEvent, JobEventContext context, CancellationToken cancellationToken) => default;

    [OnJobEvent]
    public void Audit(JobEvent jobEvent) => Console.WriteLine(jobEvent);
}
