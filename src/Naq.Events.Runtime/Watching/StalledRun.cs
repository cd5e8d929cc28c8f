using System.Security.Cryptography;
using System.Text;
using Naq.Events.Jobs;
using Naq.Events.Views;

namespace Naq.Events.Watching;

/// <summary>A job as its history tells it: whether its run is still going on, and the last that was heard of it.</summary>
internal sealed class StalledRun
{
    private JobSummary? _job;
    private JobEvent? _lastBeat;

    /// <summary>Whether the job runs, and when it was last heard of; <see langword="null"/> for one that does not.</summary>
    public JobEvent? LastBeat => _job?.State == JobState.Running ? _lastBeat : null;

    public static async ValueTask<StalledRun> ReadAsync(IJobEventStore store, string jobId, CancellationToken cancellationToken)
    {
        var run = new StalledRun();
        await foreach (var jobEvent in store.GetByJobAsync(jobId, cancellationToken: cancellationToken).ConfigureAwait(false))
            run.Add(jobEvent);

        return run;
    }

    /// <summary>The event that says so. Whoever logs it about the same silence gives it the same id, so that it is stored once.</summary>
    public JobEvent ToEvent(DateTimeOffset now)
    {
        var beat = _lastBeat!;
        var silence = now - beat.Timestamp;
        return JobWatchdogEvents.Stalled(
            beat.JobId,
            now,
            beat.WorkerId,
            beat.WorkerType,
            beat.QueueName,
            beat.Timestamp,
            WatchedJobs.IntervalOf(beat)!.Value.TotalMilliseconds,
            Math.Max(0, silence.TotalMilliseconds),
            beat.Tags,
            beat.Attempt ?? _job!.Attempt,
            beat.RunId,
            beat.ParentId,
            beat.RootId,
            beat.CorrelationId) with
        { Id = IdAfter(beat) };
    }

    // A UUID of version 8 (RFC 9562, section 5.8): what it is made of is this application's own.
    private static Guid IdAfter(JobEvent beat)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"stalled {beat.Sequence} {beat.Id} {beat.JobId}")), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private void Add(JobEvent jobEvent)
    {
        var step = JobFold.Next(_job, jobEvent);
        _job = step.Job;
        if (step.Transition.Anomaly is JobAnomalyKind.Late or JobAnomalyKind.Refused)
            return;

        if (WatchedJobs.IntervalOf(jobEvent) is not null)
            _lastBeat = jobEvent;
        else if (step.BeginsRun)
            _lastBeat = null;
    }
}
