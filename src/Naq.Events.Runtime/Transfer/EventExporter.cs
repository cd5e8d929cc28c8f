using System.Buffers;
using System.IO.Compression;

namespace Naq.Events.Transfer;

/// <summary>Writes events as lines, one after the other.</summary>
internal static class EventExporter
{
    public static async ValueTask<JobEventExportProgress> ExportAsync(
        IJobEventStore store,
        Stream destination,
        JobEventFilter filter,
        JobEventExportOptions options,
        IProgress<JobEventExportProgress>? progress,
        CancellationToken cancellationToken)
    {
        var after = await AfterAsync(store, filter, options.AfterSequence, cancellationToken).ConfigureAwait(false);
        var done = new JobEventExportProgress(0, 0, options.AfterSequence);
        var compressed = Compress(destination, options.Compression);
        try
        {
            var line = new ArrayBufferWriter<byte>(4096);
            await foreach (var jobEvent in store.QueryAsync(filter, new JobEventQueryOptions { After = after }, cancellationToken).ConfigureAwait(false))
            {
                if (options.AfterSequence > 0 && jobEvent.Sequence <= options.AfterSequence)
                    continue;

                line.ResetWrittenCount();
                EventLine.Write(jobEvent, line);
                await compressed.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
                done = new JobEventExportProgress(done.Events + 1, done.Bytes + line.WrittenCount, jobEvent.Sequence);
                if (done.Events % options.ProgressInterval == 0)
                    await ReportAsync(compressed, progress, done, cancellationToken).ConfigureAwait(false);
            }

        }
        finally
        {
            // The destination is the caller's to close.
            if (compressed != destination)
                await compressed.DisposeAsync().ConfigureAwait(false);
        }

        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(done);
        return done;
    }

    private static Stream Compress(Stream destination, JobEventCompression compression) => compression switch
    {
        JobEventCompression.Gzip => new GZipStream(destination, CompressionLevel.Optimal, leaveOpen: true),
        JobEventCompression.Brotli => new BrotliStream(destination, CompressionLevel.Optimal, leaveOpen: true),
        _ => destination,
    };

    private static async ValueTask ReportAsync(
        Stream compressed, IProgress<JobEventExportProgress>? progress, JobEventExportProgress done, CancellationToken cancellationToken)
    {
        if (progress is null)
            return;

        await compressed.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress.Report(done);
    }

    /// <summary>The cursor of a sequence, by which the events before it need not be read.</summary>
    private static async ValueTask<JobEventCursor?> AfterAsync(
        IJobEventStore store, JobEventFilter filter, ulong sequence, CancellationToken cancellationToken)
    {
        if (sequence == 0)
            return null;

        var health = await store.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        if (!health.IsHealthy)
            throw new JobEventStoreException($"Nothing can be exported: {health.Description}");

        if (sequence > health.LastSequence)
        {
            throw new ArgumentException(
                $"The export is to go on after the sequence {sequence}, but the last of the store is {health.LastSequence}: it is of another stream, "
                + "or the stream was removed and made again. Export from the beginning, to another file.");
        }

        // Only a page tells of which stream it is; one that is the last needs no cursor.
        var page = await store.QueryPageAsync(filter, new JobEventQueryOptions { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return page.Next is { } next ? new JobEventCursor(sequence, next.StreamId) : null;
    }
}
