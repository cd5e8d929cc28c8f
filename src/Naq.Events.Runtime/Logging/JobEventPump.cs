using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;

namespace Naq.Events.Logging;

/// <summary>
/// Moves events from the buffer to the store. An idle pump sends at once; while earlier events are under way it waits for a
/// whole batch, for their acknowledgement, or for <see cref="JobEventLoggerOptions.FlushInterval"/>, whichever is first.
/// </summary>
internal sealed partial class JobEventPump : IPublishOutcomes, IAsyncDisposable
{
    private readonly EventBuffer _buffer;
    private readonly JobEventLoggerOptions _options;
    private readonly Func<CancellationToken, ValueTask<IJobEventPublisher>> _connect;
    private readonly Action<IJobEventPublisher> _connected;
    private readonly LossReporter _losses;
    private readonly LoggerMeter _meter;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly EventRate _rate;
    private readonly int _lingersBelow;
    private readonly int _lingersUpTo;
    private readonly Task _run;
    private IJobEventPublisher? _publisher;
    private int _flushes;
    private volatile int _maxEventBytes;

    public JobEventPump(
        EventBuffer buffer,
        JobEventLoggerOptions options,
        Func<CancellationToken, ValueTask<IJobEventPublisher>> connect,
        Action<IJobEventPublisher> connected,
        LossReporter losses,
        LoggerMeter meter,
        ILogger log,
        TimeProvider timeProvider)
    {
        _buffer = buffer;
        _options = options;
        _connect = connect;
        _connected = connected;
        _losses = losses;
        _meter = meter;
        meter.IsConnected = () => Volatile.Read(ref _publisher) is { IsConnected: true };
        _log = log;
        _timeProvider = timeProvider;
        _rate = new EventRate(timeProvider);

        // To linger for more than half of the buffer would be to wait until it is full.
        _lingersBelow = Math.Min(options.BatchSize, Math.Max(1, options.MaxBufferSize / 2));
        _lingersUpTo = Math.Max(_lingersBelow, options.MaxBufferSize / 4);
        _run = Task.Run(RunAsync);
    }

    /// <summary>While flushes are open, partial batches are sent without waiting.</summary>
    public void FlushBegun()
    {
        _ = Interlocked.Increment(ref _flushes);
        _buffer.Ready.Set();
    }

    public void FlushEnded() => Interlocked.Decrement(ref _flushes);

    public void Stored(ReadOnlySpan<BufferedEvent> events)
    {
        _buffer.Resolve(events, stored: true);
        _meter.AddStored(events.Length);
        NoteLimit();
    }

    public void Rejected(BufferedEvent bufferedEvent, string reason)
    {
        var id = bufferedEvent.Id;
        _buffer.Resolve([bufferedEvent], stored: false);
        _losses.Add(JobEventLossKind.Rejected, reason, id);
    }

    /// <summary>Stops at once. What is under way may still be stored, but is not reported any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _buffer.Ready.Set();
        await _run.ConfigureAwait(false);
        if (_publisher is not null)
            await _publisher.DisposeAsync().ConfigureAwait(false);

        await _buffer.Ready.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            _publisher = await ConnectAsync().ConfigureAwait(false);
            NoteLimit();
            var batch = new BufferedEvent[_options.BatchSize];
            while (!_stop.IsCancellationRequested)
            {
                await WaitForBatchAsync().ConfigureAwait(false);
                var count = _buffer.Take(batch);
                _rate.Add(count);
                if (HoldsSentBefore(batch.AsSpan(0, count)))
                    count = await ResolveStoredAsync(batch, count).ConfigureAwait(false);

                if (count > 0)
                    await _publisher.PublishAsync(batch.AsMemory(0, count), this, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: what is left in the buffer is reported there.
        }
#pragma warning disable CA1031 // The pump is the end of the line: nobody awaits it until dispose.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LoggingLog.PumpFailed(_log, exception);
        }
    }

    private async ValueTask<IJobEventPublisher> ConnectAsync()
    {
        var retry = Backoff.Forever(_options.RetryDelay, _timeProvider, (exception, delay) =>
        {
            // With nothing to send, nobody has to know: a start-up that needs the store tells of it itself.
            if (!_buffer.IsEmpty)
                LoggingLog.StoreUnreachable(_log, exception.Message, delay.TotalSeconds);
        });

        return await retry.ExecuteAsync(_connect, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>A server that was reconfigured, or another one, may take less than before.</summary>
    private void NoteLimit()
    {
        if (_publisher is not { } publisher || publisher.MaxEventBytes == _maxEventBytes)
            return;

        _maxEventBytes = publisher.MaxEventBytes;
        _connected(publisher);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitForBatchAsync()
    {
        if (_rate.IsStream && Volatile.Read(ref _flushes) == 0 && _buffer.Lingers(_lingersBelow, _lingersUpTo))
            await _buffer.Ready.WaitAsync(EventRate.Linger).ConfigureAwait(false);

        var began = _timeProvider.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var left = _options.FlushInterval - _timeProvider.GetElapsedTime(began);
            var partly = left <= TimeSpan.Zero || Volatile.Read(ref _flushes) > 0;
            if (_buffer.LooksReady(_options.BatchSize, partly, out var nothing))
                return;

            await _buffer.Ready.WaitAsync(nothing ? Timeout.InfiniteTimeSpan : left).ConfigureAwait(false);
            if (nothing)
                began = _timeProvider.GetTimestamp();
        }
    }
}
