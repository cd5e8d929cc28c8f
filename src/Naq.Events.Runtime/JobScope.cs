using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Jobs;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>
/// One run of a job, from its <c>started</c> event to exactly one of <c>completed</c>, <c>failed</c>, <c>cancelled</c> and
/// <c>timeout</c>. What is logged for the job inside of it carries the run's ids. Safe from any thread.
/// </summary>
/// <remarks>
/// <see cref="JobEventLoggerExtensions.BeginJob"/> makes one, and so do the <c>RunJob</c> methods for their work. Nothing here
/// throws because of the event logger: what it throws is logged to <see cref="JobRunOptions.Logger"/>.
/// </remarks>
public sealed partial class JobScope : IAsyncDisposable, IDisposable
{
    private readonly JobRunOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _log;
    private readonly JobScope? _outer;
    private readonly long _started;
    private readonly CancellationToken _caller;
    private readonly Lock _lock = new();
    private bool _disposed;

    private JobScope(IJobEventLogger logger, string? jobId, JobRunOptions options, JobScope? outer, CancellationToken cancellationToken)
    {
        var own = logger as JobEventLogger;
        Logger = logger;
        JobId = jobId ?? "";
        _options = options;
        _outer = outer;
        _caller = cancellationToken;
        _timeProvider = options.TimeProvider ?? own?.TimeProvider ?? TimeProvider.System;
        _log = options.Logger ?? own?.OwnLog ?? NullLogger.Instance;
        StartedAt = UnixMicroseconds.ToTimestamp(UnixMicroseconds.From(_timeProvider.GetUtcNow()));
        Lineage = JobLineage.Of(JobId, options, Serialization.EventId.Create(StartedAt).ToString(), outer);
        Meter = new JobMeter(outer?.Meter);

        // Without a limit nothing but the caller stops the work, so it gets the caller's own token.
        _stopping = options.Timeout is null ? null : new CancellationTokenSource();
        CancellationToken = _stopping?.Token ?? cancellationToken;
        _started = _timeProvider.GetTimestamp();
        _lastBeat = _started;
    }

    /// <summary>The innermost scope that this code runs in and that is not disposed, or <see langword="null"/>.</summary>
    public static JobScope? Current => AmbientJob.Value?.OpenOne();

    /// <summary>Where the scope logs to.</summary>
    public IJobEventLogger Logger { get; }

    /// <summary>The job's id.</summary>
    public string JobId { get; }

    /// <summary>The id of this run, a UUIDv7.</summary>
    public string RunId => Lineage.RunId!;

    /// <summary>Which attempt at the job this is, from 1.</summary>
    public int Attempt => _options.Attempt;

    /// <summary>The id of the job that started this one, or <see langword="null"/>.</summary>
    public string? ParentId => Lineage.ParentId;

    /// <summary>The id of the first job of the chain; <see langword="null"/> for that job itself.</summary>
    public string? RootId => Lineage.RootId;

    /// <summary>The id that ties together everything done for one request, or <see langword="null"/>.</summary>
    public string? CorrelationId => Lineage.CorrelationId;

    /// <summary>When it started, to the microsecond.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_started);

    /// <summary>Cancelled when the caller's token is, or when <see cref="JobRunOptions.Timeout"/> is over.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The type of the terminal event, once there is one.</summary>
    public JobEventType? Outcome
    {
        get
        {
            lock (_lock)
                return field;
        }

        private set;
    }

    internal JobLineage Lineage { get; }

    internal JobMeter Meter { get; }

    /// <summary>
    /// Ends the scope; the one around it is current again. A run without an outcome then gets one: <c>cancelled</c> or
    /// <c>timeout</c> when its token was cancelled, else <c>failed</c> with a <see cref="JobAbandonedException"/>, since an
    /// exception that leaves a <c>using</c> block looks the same as a forgotten <see cref="Complete"/>.
    /// </summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;

            _disposed = true;
        }

        Abandon();
        StopWatching();
        if (AmbientJob.Value == this)
            AmbientJob.Value = _outer?.OpenOne();
    }

    /// <summary>The same as <see cref="Dispose"/>: nothing in it waits. For <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    internal static JobScope Begin(
        IJobEventLogger logger, string? jobId, JobRunOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(logger);
        var scope = new JobScope(logger, jobId, options ?? JobRunOptions.Default, Current, cancellationToken);
        AmbientJob.Value = scope;
        scope.LogStarted();
        scope.StartWatching();
        return scope;
    }

    /// <summary>What an event of a job takes over when it is logged in this scope, or <see langword="null"/>.</summary>
    internal JobLineage? LineageFor(string jobId, ReadOnlySpan<byte> eventName)
    {
        // What a run left behind when it ended is still the run's, as long as it logs for that job.
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope.JobId == jobId)
                return scope.Lineage;
        }

        return OpenOne()?.Lineage.ForOtherJob(eventName);
    }

    private JobScope? OpenOne()
    {
        var scope = this;
        while (scope is not null && Volatile.Read(ref scope._disposed))
            scope = scope._outer;

        return scope;
    }
}
