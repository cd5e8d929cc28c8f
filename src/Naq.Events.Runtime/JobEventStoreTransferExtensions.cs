using Naq.Events.Hosting;
using Naq.Events.Transfer;

namespace Naq.Events;

/// <summary>Events to and from files, as NDJSON: one event a line, in the JSON of the wire; it works with every store.</summary>
public static class JobEventStoreTransferExtensions
{
    /// <summary>
    /// Writes events, the oldest first, each as one line: its JSON, with <c>id</c>, <c>sequence</c>, <c>environment</c>, <c>service</c> and
    /// <c>traceparent</c> in front. What is stored meanwhile is not exported. The destination is not closed.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="destination">Where the lines go.</param>
    /// <param name="filter">Which events; all of this service when <see langword="null"/>.</param>
    /// <param name="options">The compression, and where to go on; the defaults when <see langword="null"/>.</param>
    /// <param name="progress">Told how far it is, and at the end.</param>
    /// <param name="cancellationToken">Ends the export; what was reported as progress is written.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">
    /// The filter's parts do not go together, or <see cref="JobEventExportOptions.AfterSequence"/> is not of this stream.
    /// </exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached or refuses.</exception>
    public static ValueTask<JobEventExportProgress> ExportAsync(
        this IJobEventStore store,
        Stream destination,
        JobEventFilter? filter = null,
        JobEventExportOptions? options = null,
        IProgress<JobEventExportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(destination);
        return EventExporter.ExportAsync(
            store, destination, (filter ?? JobEventFilter.All).Checked(), options ?? new JobEventExportOptions(), progress, cancellationToken);
    }

    /// <summary>
    /// Stores the events of an export, batch by batch, under the environment and service of this store. They keep their ids and times, and
    /// get new sequences; repeated within the duplicate window, it stores nothing twice. Empty lines are passed over. The source is not closed.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="source">The lines, in UTF-8, of at most 7 MiB each.</param>
    /// <param name="options">The compression, where to go on, what is refused; the defaults when <see langword="null"/>.</param>
    /// <param name="progress">Told how far it is, after each batch.</param>
    /// <param name="cancellationToken">Ends the import; a batch that was sent may still be stored.</param>
    /// <returns>What was stored, and the lines that were refused.</returns>
    /// <exception cref="JobEventImportException">
    /// The source is cut off or damaged, an event is of another environment or service, or a line was refused and
    /// <see cref="JobEventImportOptions.StopOnRefusedLine"/> is on.
    /// </exception>
    /// <exception cref="JobEventStoreException">The store cannot be reached or refuses.</exception>
    public static async ValueTask<JobEventImportResult> ImportAsync(
        this IJobEventStore store,
        Stream source,
        JobEventImportOptions? options = null,
        IProgress<JobEventImportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new JobEventImportOptions();
        var plain = await SourceStream.OpenAsync(source, options.Compression, cancellationToken).ConfigureAwait(false);
        await using (plain.ConfigureAwait(false))
            return await new EventImporter(store, options, progress, cancellationToken).ImportAsync(plain).ConfigureAwait(false);
    }

    /// <summary>The blocking form of <see cref="ExportAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="store">The store.</param>
    /// <param name="destination">Where the lines go.</param>
    /// <param name="filter">Which events; all of this service when <see langword="null"/>.</param>
    /// <param name="options">The compression, and where to go on; the defaults when <see langword="null"/>.</param>
    /// <returns>What was written.</returns>
    public static JobEventExportProgress Export(
        this IJobEventStore store, Stream destination, JobEventFilter? filter = null, JobEventExportOptions? options = null) =>
        Blocking.Wait(token => store.ExportAsync(destination, filter, options, cancellationToken: token), CancellationToken.None);

    /// <summary>The blocking form of <see cref="ImportAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="store">The store.</param>
    /// <param name="source">The lines, in UTF-8.</param>
    /// <param name="options">The compression, where to go on, what is refused; the defaults when <see langword="null"/>.</param>
    /// <returns>What was stored, and the lines that were refused.</returns>
    public static JobEventImportResult Import(this IJobEventStore store, Stream source, JobEventImportOptions? options = null) =>
        Blocking.Wait(token => store.ImportAsync(source, options, cancellationToken: token), CancellationToken.None);
}
