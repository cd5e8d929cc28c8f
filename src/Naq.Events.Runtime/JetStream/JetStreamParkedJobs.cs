using Microsoft.Extensions.Logging;
using Naq.Events.Processing;
using Naq.Events.Serialization;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Remembers hashes of the jobs that have events which wait or are parked: of one that has none, the server need not be asked. Of the
/// others it is, each time, since what another process removes is not heard of. Where a dead letter stops its job, dead letters are
/// followed, whichever process writes them.
/// </summary>
internal sealed class JetStreamParkedJobs : IParkedJobs
{
    private const int MostJobs = 100_000;
    private const int Ahead = 500;
    private static readonly TimeSpan WaitAfterBreak = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly HashSet<int> _jobs = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<CancellationToken, ValueTask<JetStreamDeadLetters>> _open;
    private readonly string _processor;
    private readonly bool _followsDeadLetters;
    private readonly ILogger _logger;
    private readonly Task _following;
    private TaskCompletionSource<JetStreamDeadLetters> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _notes;
    private bool _isAnyJob;
    private bool _mayBe = true;
    private ulong _next = 1;

    public JetStreamParkedJobs(
        Func<CancellationToken, ValueTask<JetStreamDeadLetters>> open, string processor, bool followsDeadLetters, ILogger logger)
    {
        (_open, _processor, _followsDeadLetters, _logger) = (open, processor, followsDeadLetters, logger);
        _following = Task.Run(() => FollowAsync(_ending.Token));
    }

    public bool AreNone => !Volatile.Read(ref _mayBe);

    public ValueTask<bool> IsParkedAsync(string jobId, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known).Task;
        var job = JobEventSubject.EncodeJobId(jobId);
        return known.IsCompletedSuccessfully && !MayBeParked(job, out _)
            ? ValueTask.FromResult(false)
            : AskAsync(job, cancellationToken);
    }

    public void Note(string jobId) => NoteJob(JobEventSubject.EncodeJobId(jobId));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async ValueTask<bool> AskAsync(string job, CancellationToken cancellationToken)
    {
        var deadLetters = await Volatile.Read(ref _known).Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!MayBeParked(job, out var notes))
            return false;

        if (await deadLetters.HoldsAsync(_processor, job, cancellationToken).ConfigureAwait(false))
            return true;

        lock (_lock)
        {
            // Unless something was heard of since it was asked.
            if (_notes == notes)
                _ = _jobs.Remove(Hash(job));

            NoteWhether();
        }

        return false;
    }

    private bool MayBeParked(string job, out long notes)
    {
        lock (_lock)
        {
            notes = _notes;
            return _isAnyJob || _jobs.Contains(Hash(job));
        }
    }

    private void NoteJob(string job)
    {
        lock (_lock)
        {
            _notes++;
            _isAnyJob |= _jobs.Count >= MostJobs;
            if (!_isAnyJob)
                _ = _jobs.Add(Hash(job));

            NoteWhether();
        }
    }

    private void NoteWhether() => Volatile.Write(ref _mayBe, _isAnyJob || _jobs.Count > 0 || !_known.Task.IsCompleted);

    private async Task LearnAsync(JetStreamDeadLetters deadLetters, CancellationToken cancellationToken)
    {
        // After the dead letters: a replay is in the work queue before it is gone from them.
        foreach (var job in await deadLetters.WaitingJobsAsync(_processor, cancellationToken).ConfigureAwait(false))
            NoteJob(job);

        lock (_lock)
        {
            _ = _known.TrySetResult(deadLetters);
            NoteWhether();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeProvider? timeProvider = null;
            try
            {
                var deadLetters = await _open(cancellationToken).ConfigureAwait(false);
                timeProvider = deadLetters.Api.TimeProvider;
                if (!_followsDeadLetters)
                {
                    await LearnAsync(deadLetters, cancellationToken).ConfigureAwait(false);
                    return;
                }

                await FollowAsync(deadLetters, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever breaks, it goes on from where it was; until then no event is handled that may have to be parked.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (_lock)
                {
                    if (_known.Task.IsCompleted)
                        Volatile.Write(ref _known, new(TaskCreationOptions.RunContinuationsAsynchronously));

                    NoteWhether();
                }

                JetStreamLog.ReadingInterrupted(_logger, $"the dead letters of {_processor}", _next, exception.Message);
            }

            await Task.Delay(WaitAfterBreak, timeProvider ?? TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(JetStreamDeadLetters deadLetters, CancellationToken cancellationToken)
    {
        await deadLetters.EnsureDeadAsync(cancellationToken).ConfigureAwait(false);
        var consumers = new Consumers(deadLetters.Api, deadLetters.Dead, _logger);
        if ((await consumers.StateAsync(cancellationToken).ConfigureAwait(false)).Last + 1 < _next)
            _next = 1; // The stream was made anew.

        var (name, pending) = await consumers.CreateAsync(
            deadLetters.SubjectsOf(_processor), ReadStart.At(_next), cancellationToken, headersOnly: true).ConfigureAwait(false);
        var reader = await PullReaders.OpenAsync(
            consumers, name, new PullOptions(Ahead), NatsRawSerializer<byte[]>.Default, cancellationToken).ConfigureAwait(false);
        try
        {
            await FollowAsync(deadLetters, reader, pending, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            if (consumers.Api.Connection.ConnectionState == NatsConnectionState.Open)
                await consumers.RemoveAsync(name).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(
        JetStreamDeadLetters deadLetters, PullReader<byte[]> reader, long pending, CancellationToken cancellationToken)
    {
        for (var received = 0UL; ;)
        {
            if (pending == 0 && !_known.Task.IsCompleted)
            {
                await LearnAsync(deadLetters, cancellationToken).ConfigureAwait(false);
            }

            var message = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!AckReply.TryParse(message.ReplyTo, out var reply))
                continue;

            if (reply.ConsumerSequence != ++received)
                throw new PullBrokenException("messages were lost on the way");

            (_next, pending) = (reply.StreamSequence + 1, reply.Pending);
            NoteJob(JetStreamDeadLetters.JobOf(message.Subject));
        }
    }

    // Two jobs of one hash cost a question more.
    private static int Hash(string job) => job.GetHashCode(StringComparison.Ordinal);
}
