namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// Takes entries out of the bucket whose events the stream's limits have removed. Those are at its beginning, since an entry moves to the
/// end with every event. It is for the bucket's size only: readers leave such entries out.
/// </summary>
internal sealed class JobViewSweep(JobViewBucket bucket, Consumers events, long epoch)
{
    private const int RemovedAtOnce = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private long _sweptAt = events.Api.TimeProvider.GetTimestamp();

    /// <summary>Sweeps when it is time to.</summary>
    public ValueTask SweepInTimeAsync(CancellationToken cancellationToken)
    {
        if (events.Api.TimeProvider.GetElapsedTime(_sweptAt) < Interval)
            return default;

        _sweptAt = events.Api.TimeProvider.GetTimestamp();
        return SweepAsync(cancellationToken);
    }

    /// <summary>Removes what is gone, up to the first entry that is not.</summary>
    public async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var first = (await events.StateAsync(cancellationToken).ConfigureAwait(false)).First;
        var gone = new JobViewScan(bucket.Consumers)
            .ReadAsync(bucket.SubjectOf(JobViewKey.Wildcard(epoch)), ReadStart.First, cancellationToken)
            .TakeWhile(read => read.Entry is { } entry && (entry.Job?.LastSequence ?? entry.Through) < first);
        var removal = new MessageRemoval(bucket.Consumers);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RemovedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            gone, parallel, async (read, token) => _ = await removal.DeleteAsync(read.Revision, erase: false, token).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
