using Microsoft.Extensions.Logging;

namespace Naq.Events.JetStream.JobViews;

/// <summary>The KV bucket <c>{stream}_jobs</c>.</summary>
internal sealed class JobViewBucket(JetStreamApi api, JetStreamOptions options, ILogger logger)
{
    private readonly KeyValueBucket _bucket = new(api, $"{options.StreamName}_jobs", "The job view of Naq.Events.", options.Replicas, logger);

    /// <summary>Consumers on the bucket.</summary>
    public Consumers Consumers => _bucket.Consumers;

    public string SubjectOf(string key) => _bucket.SubjectOf(key);

    public string KeyOf(string subject) => _bucket.KeyOf(subject);

    /// <summary>Creates the bucket when it is not there.</summary>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => _bucket.EnsureAsync(cancellationToken);

    /// <summary>Where the view has come to; no value where there is no view.</summary>
    public ValueTask<Revised<JobViewPosition>> FindPositionAsync(CancellationToken cancellationToken) =>
        _bucket.FindAsync(JobViewKey.Position, JobViewJson.Default.JobViewPosition, cancellationToken);

    public ValueTask<Revised<JobViewEntry>> FindEntryAsync(string key, CancellationToken cancellationToken) =>
        _bucket.FindAsync(key, JobViewJson.Default.JobViewEntry, cancellationToken);

    /// <returns>The new revision; 0 when another value was written since.</returns>
    public ValueTask<ulong> PutPositionAsync(JobViewPosition position, ulong replaced, CancellationToken cancellationToken) =>
        _bucket.PutAsync(JobViewKey.Position, position, JobViewJson.Default.JobViewPosition, replaced, isDeleted: false, cancellationToken);

    /// <returns>The new revision; 0 when another value was written since.</returns>
    public ValueTask<ulong> PutEntryAsync(string key, JobViewEntry entry, ulong replaced, CancellationToken cancellationToken) =>
        _bucket.PutAsync(key, entry, JobViewJson.Default.JobViewEntry, replaced, isDeleted: entry.Job is null, cancellationToken);

    /// <summary>Removes all entries of an epoch.</summary>
    public async ValueTask PurgeAsync(long epoch, CancellationToken cancellationToken) =>
        _ = await new MessageRemoval(Consumers).PurgeAsync([SubjectOf(JobViewKey.Wildcard(epoch))], storedBefore: null, cancellationToken)
            .ConfigureAwait(false);
}
