using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.CompilerServices;
using Naq.Events.Diagnostics;
using Naq.Events.Hosting;
using Naq.Events.Logging;
using Naq.Events.Logging.Spooling;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>Logs events into a store, through a bounded buffer that a background pump empties.</summary>
public sealed partial class JobEventLogger : IJobEventLogger, IAsyncDisposable, IDisposable
{
    private const string Overflowed =
        "The logger's buffer was full. Raise MaxBufferSize or MaxBufferBytes, log less, wait with LogAsync, or spool to disk.";

    private const string SpoolOverflowed = "The spool was full, or could not be written. Raise Spool.MaxBytes, or look at its disk.";
    private const string Disposed = "The logger was disposed before.";

    // So long, the start of a service waits for a directory that does not answer.
    private static readonly TimeSpan LongestSpoolOpening = TimeSpan.FromSeconds(10);

    private readonly NaqEventsOptions _options;
    private readonly WireOptions _wire;
    private readonly byte[] _subjectPrefix;
    private readonly EventBuffer _buffer;
    private readonly LossReporter _losses;
    private readonly JobEventPump _pump;
    private readonly TimeProvider _timeProvider;
    private readonly JobEventOverflow? _overflow;
    private readonly EventSpool? _spool;
    private readonly Lock _disposeLock = new();
    private Task<FlushResult>? _dispose;
    private TimeSpan _drainLeft;

    /// <summary>Makes a logger and starts its pump.</summary>
    /// <param name="store">Where events go. It is not disposed with the logger.</param>
    /// <param name="options">Who logs, and how; the defaults when <see langword="null"/>.</param>
    /// <param name="loggerFactory">Where the logger itself logs to.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public JobEventLogger(
        IJobEventStore store, NaqEventsOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
        : this(store, options, loggerFactory, timeProvider, ArrayPool<byte>.Shared)
    {
    }

    internal JobEventLogger(
        IJobEventStore store, NaqEventsOptions? options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider, ArrayPool<byte> pool)
    {
        ArgumentNullException.ThrowIfNull(store);
        _options = OptionsCheck.Valid(options ?? new NaqEventsOptions());
        _timeProvider = timeProvider ?? TimeProvider.System;
        var log = OwnLog = (ILogger?)loggerFactory?.CreateLogger<JobEventLogger>() ?? NullLogger.Instance;
        var logger = _options.Logger;
        _drainLeft = logger.DrainTimeout;
        _wire = new WireOptions
        {
            TimeProvider = _timeProvider,
            Strict = logger.Strict,
            WriteAllMembers = logger.WriteAllMembers,
            Redaction = KeyRedaction.Of(_options.RedactedKeys),
            TakesFromScope = true,
        };
        _subjectPrefix = Encoding.ASCII.GetBytes($"{_options.SubjectPrefix}.{_options.Environment}.{_options.Service}.");
        var maxBufferBytes = BufferBound.Of(logger.MaxBufferBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (maxBufferBytes < logger.MaxBufferBytes)
            LoggingLog.BufferBounded(log, maxBufferBytes, logger.MaxBufferBytes);

        _buffer = new EventBuffer(logger.MaxBufferSize, pool, _timeProvider, maxBufferBytes);
        Meter = new LoggerMeter(_options, _buffer, _timeProvider);
        _losses = new LossReporter(Meter, log, logger.OnLoss, _timeProvider);
        _overflow = logger.Overflow switch
        {
            JobEventOverflow.Spool => logger.Spool.WhenFull,
            JobEventOverflow.Wait => null,
            var policy => policy,
        };
        _spool = logger.Overflow == JobEventOverflow.Spool ? OpenSpool(logger.Spool) : null;
        _pump = new JobEventPump(
            _buffer,
            logger,
            store is IPublishingStore publishing
                ? token => publishing.CreatePublisherAsync(logger, token)
                : _ => ValueTask.FromResult<IJobEventPublisher>(new StorePublisher(store, logger, log, _timeProvider)),
            publisher => _wire.MaxEventBytes = Math.Min(JobEventLimits.EventBytes, publisher.MaxEventBytes),
            _losses,
            Meter,
            log,
            _timeProvider);
        LoggerMeters.Add(Meter);
    }

    internal TimeProvider TimeProvider => _timeProvider;

    internal ILogger OwnLog { get; }

    /// <summary>Whether the pump has looked at all that was logged, and waits.</summary>
    internal bool IsPumpWaiting => _buffer.Ready.IsAwaited;

    internal JobEventLoggerOptions Options => _options.Logger;

    /// <summary>What this logger has done and is doing.</summary>
    internal LoggerMeter Meter { get; }

    /// <inheritdoc/>
    public void Log(JobEvent jobEvent)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        var writer = jobEvent.BeginWrite(_wire);
        try
        {
            Log(ref writer, jobEvent.TraceParent);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask LogAsync(JobEvent jobEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        var writer = jobEvent.BeginWrite(_wire);
        try
        {
            return LogAsync(ref writer, jobEvent.TraceParent, cancellationToken);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <inheritdoc/>
    public JobEventWriter BeginEvent(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null) =>
        JobEventWriter.Create(_wire, jobId, eventName, timestamp);

    /// <inheritdoc/>
    public void Log(ref JobEventWriter writer) => Log(ref writer, traceParent: null);

    /// <inheritdoc/>
    public ValueTask LogAsync(ref JobEventWriter writer, CancellationToken cancellationToken = default) =>
        LogAsync(ref writer, traceParent: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var waiter = _buffer.BeginFlush();
        _pump.FlushBegun();
        await waiter.Completion.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _pump.FlushEnded();
        return _buffer.EndFlush(waiter);
    }

    /// <inheritdoc/>
    public FlushResult Flush(TimeSpan timeout)
    {
        var waiter = _buffer.BeginFlush();
        _pump.FlushBegun();
        _ = Blocking.Wait(waiter.Completion, timeout, _timeProvider);
        _pump.FlushEnded();
        return _buffer.EndFlush(waiter);
    }

    /// <summary>
    /// Takes no more events, waits up to <see cref="JobEventLoggerOptions.DrainTimeout"/> until the buffered ones are stored, and
    /// reports those that were not. A later log call drops its event and reports it.
    /// </summary>
    public async ValueTask DisposeAsync() => _ = await DrainAsync().ConfigureAwait(false);

    /// <summary>The blocking form of <see cref="DisposeAsync"/>; it cannot deadlock under a synchronization context.</summary>
    public void Dispose() => _ = Blocking.Wait(_ => new ValueTask<FlushResult>(DrainAsync()), CancellationToken.None);

    /// <summary>
    /// Flushes within what is left of <see cref="JobEventLoggerOptions.DrainTimeout"/>, and goes on logging. A host that has waited
    /// for it in vain as it stopped does not wait again when it disposes the logger.
    /// </summary>
    internal async ValueTask<FlushResult> FlushInTimeAsync(CancellationToken cancellationToken)
    {
        var began = _timeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(_drainLeft, _timeProvider);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var result = await FlushAsync(deadline.Token).ConfigureAwait(false);
        var left = _drainLeft - _timeProvider.GetElapsedTime(began);
        if (!result.Completed)
            _drainLeft = left > TimeSpan.Zero ? left : TimeSpan.Zero;

        return result;
    }

    private Task<FlushResult> DrainAsync()
    {
        lock (_disposeLock)
            return _dispose ??= DrainOnceAsync();
    }

    private async Task<FlushResult> DrainOnceAsync()
    {
        _buffer.Close();
        var result = await FlushInTimeAsync(CancellationToken.None).ConfigureAwait(false);
        await _pump.DisposeAsync().ConfigureAwait(false);
        var abandoned = _buffer.Abandon(out var spooled);
        if (spooled > 0)
            SpoolLog.Kept(OwnLog, spooled, _spool!.Directory);

        _spool?.Dispose();
        if (abandoned.Count > 0)
        {
            _losses.Add(
                JobEventLossKind.Abandoned,
                $"The store did not acknowledge them within DrainTimeout ({_options.Logger.DrainTimeout}).",
                [.. abandoned]);
        }

        await _losses.FlushAsync().ConfigureAwait(false);
        LoggerMeters.Remove(Meter);
        return result;
    }

    private bool IsUsable(ref JobEventWriter writer)
    {
        writer.Complete();
        if (writer.Refusal is null)
            return true;

        _losses.Add(JobEventLossKind.Refused, writer.Refusal, writer.Id);
        return false;
    }

    private static string? CurrentTrace() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
}
