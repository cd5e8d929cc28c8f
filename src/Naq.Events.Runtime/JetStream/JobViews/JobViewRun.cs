using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// One run of a projector, from start to stop. It reads the stream from the view's position on, in order and with nothing left out, folds
/// batch after batch, and then notes the position. What a crash leaves half done is done again: entries know what they have.
/// </summary>
internal sealed class JobViewRun : IAsyncDisposable
{
    private const int MostInBatch = 1_000;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);

    private readonly JetStreamEventStore _store;
    private readonly string _stream;
    private readonly TimeSpan _takeOverAfter;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly JobViewMeter _meter;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _run;

    public JobViewRun(JetStreamEventStore store, TimeSpan takeOverAfter, ILogger log, TimeProvider timeProvider)
    {
        _store = store;
        _stream = store.StreamName;
        _takeOverAfter = takeOverAfter;
        _log = log;
        _timeProvider = timeProvider;
        _meter = new JobViewMeter(_stream);
        _run = Task.Run(RunAsync);
    }

    /// <summary>Stops; another projector may go on at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        _stopping.Dispose();
        _meter.Dispose();
    }

    private async Task RunAsync()
    {
        var retry = Backoff.Forever(FirstRetry, _timeProvider, (exception, delay) =>
            JetStreamLog.JobViewInterrupted(_log, _stream, delay.TotalSeconds, exception.Message));
        try
        {
            while (true)
                await retry.ExecuteAsync(KeepWhileOpenAsync, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask KeepWhileOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The store was disposed first: there is nothing to keep the view with any more.
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        var (bucket, events) = await _store.OpenJobViewAsync(cancellationToken).ConfigureAwait(false);
        await bucket.EnsureAsync(cancellationToken).ConfigureAwait(false);
        var lease = new JobViewLease(bucket, events, _owner, _takeOverAfter);
        await lease.AcquireAsync(cancellationToken).ConfigureAwait(false);
        JetStreamLog.JobViewTakenOver(_log, _stream, lease.Position.Sequence);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(lease, ending);
        try
        {
            await ProjectAsync(bucket, events, lease, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReleaseAsync(lease).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is not this projector's any more.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }

        await LeaveAsync(bucket, lease.Position.Epoch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the projection when the view is not this projector's any more.</summary>
    private static async Task WatchAsync(JobViewLease lease, CancellationTokenSource projection)
    {
        try
        {
            await lease.WatchAsync(projection.Token).ConfigureAwait(false);
            await projection.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (projection.IsCancellationRequested)
        {
            // The projection has ended.
        }
    }

    private async ValueTask ProjectAsync(JobViewBucket bucket, Consumers events, JobViewLease lease, CancellationToken cancellationToken)
    {
        var epoch = lease.Position.Epoch;
        var (writer, sweep) = (new JobViewWriter(bucket, epoch), new JobViewSweep(bucket, events, epoch));
        var (batch, through) = (new List<JobEvent>(), lease.Position.Sequence);
        await foreach (var step in _store.FollowAsync(through + 1, MostInBatch, cancellationToken).ConfigureAwait(false))
        {
            through = Math.Max(through, step.Cursor.Sequence);
            if (step.Message.Event is { } jobEvent)
                batch.Add(jobEvent);

            if (through == lease.Position.Sequence || (step.Pending > 0 && batch.Count < MostInBatch))
                continue;

            await writer.ApplyAsync(batch, through, cancellationToken).ConfigureAwait(false);
            if (!await lease.AdvanceAsync(through, cancellationToken).ConfigureAwait(false))
                return;

            _meter.Note(batch.Count, step.Pending);
            batch.Clear();
            await sweep.SweepInTimeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What was written while the view was begun anew is of nobody any more.</summary>
    private async ValueTask LeaveAsync(JobViewBucket bucket, long epoch, CancellationToken cancellationToken)
    {
        JetStreamLog.JobViewGivenUp(_log, _stream);
        _meter.Forget();
        var position = await bucket.FindPositionAsync(cancellationToken).ConfigureAwait(false);
        if (position.Value is { } now && now.Epoch != epoch)
            await bucket.PurgeAsync(epoch, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReleaseAsync(JobViewLease lease)
    {
        try
        {
            await lease.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (JetStreamFailure.IsTransient(exception) || exception is JetStreamApiException)
        {
            JetStreamLog.ClearingUpFailed(_log, exception, $"giving up the job view of {_stream}");
        }
    }
}
