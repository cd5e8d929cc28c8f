namespace Naq.Events.Failures;

/// <summary>A group while it is counted.</summary>
internal sealed class FailureGroup(string key, JobFailureOptions options)
{
    private const int MaxQueues = 100;

    private readonly HashSet<(string? Environment, string JobId)> _jobs = [];
    private readonly SortedSet<string> _queues = new(StringComparer.Ordinal);
    private readonly Queue<JobFailureSample> _samples = new();
    private JobEvent? _last;
    private bool _hasMoreJobs;
    private bool _hasMoreQueues;

    public long Count { get; private set; }

    public DateTimeOffset FirstSeen { get; private set; }

    public DateTimeOffset LastSeen { get; private set; }

    public string Key => key;

    public void Add(JobEvent failure)
    {
        FirstSeen = Count == 0 || failure.Timestamp < FirstSeen ? failure.Timestamp : FirstSeen;
        LastSeen = Count == 0 || failure.Timestamp > LastSeen ? failure.Timestamp : LastSeen;
        Count++;
        _last = failure;

        var job = (failure.Environment, failure.JobId);
        if (_jobs.Count < options.MaxJobsPerGroup)
            _ = _jobs.Add(job);
        else
            _hasMoreJobs |= !_jobs.Contains(job);

        if (failure.QueueName is { } queue && !_queues.Contains(queue))
        {
            if (_queues.Count < MaxQueues)
                _ = _queues.Add(queue);
            else
                _hasMoreQueues = true;
        }

        if (options.Samples == 0)
            return;

        if (_samples.Count == options.Samples)
            _ = _samples.Dequeue();

        _samples.Enqueue(new JobFailureSample(failure.Id, failure.Sequence, failure.JobId, failure.Timestamp, failure.ErrorMessage));
    }

    public JobFailureGroup ToResult() => new()
    {
        Key = key,
        Fingerprint = _last?.ErrorFingerprint,
        ErrorType = _last?.ErrorType,
        ErrorMessage = _last?.ErrorMessage,
        Count = Count,
        FirstSeen = FirstSeen,
        LastSeen = LastSeen,
        JobCount = _hasMoreJobs ? _jobs.Count + 1 : _jobs.Count,
        JobCountIsExact = !_hasMoreJobs,
        Queues = [.. _queues],
        QueuesAreComplete = !_hasMoreQueues,
        Samples = [.. _samples.Reverse()],
    };
}
