using Microsoft.Extensions.Logging;
using Naq.Events.CompilerServices;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>
/// Runs the handlers of one lane, one at a time, each within its time. A handler that fails is logged and remembered; the next
/// one runs all the same.
/// </summary>
internal sealed class HandlerRun(TimeSpan timeout, ILogger log, TimeProvider timeProvider, CancellationToken stopping) : IDisposable
{
    private readonly List<HandlerKey> _completed = [];
    private IReadOnlySet<HandlerKey>? _completedBefore;
    private int _registration;
    private CancellationTokenSource _timer = new(Timeout.InfiniteTimeSpan, timeProvider);
    private CancellationTokenRegistration _stop;

    /// <summary>Whether a handler failed since <see cref="Begin"/>.</summary>
    public bool Failed => Failure is not null;

    /// <summary>The first handler that failed since <see cref="Begin"/>.</summary>
    public HandlerFailure? Failure { get; private set; }

    /// <summary>The handlers that are done with the event, in this delivery or before.</summary>
    public IReadOnlySet<HandlerKey> Completed => new HashSet<HandlerKey>(_completed.Concat(_completedBefore ?? new HashSet<HandlerKey>()));

    /// <summary>Begins a delivery.</summary>
    /// <param name="completed">The handlers that are done with the event; they do not run again.</param>
    public void Begin(IReadOnlySet<HandlerKey>? completed = null)
    {
        Failure = null;
        _completed.Clear();
        _completedBefore = completed;
    }

    /// <summary>Begins a handler class.</summary>
    public void BeginRegistration(int registration) => _registration = registration;

    /// <summary>Counts a failure, of a handler or of a handler class that cannot be had.</summary>
    public void Fail(string handler, Exception exception)
    {
        Failure ??= new HandlerFailure(handler, exception);
        JobEventMetrics.HandlerFailures.Add(1);
    }

    public ValueTask RunAsync<THandlers>(
        JobEventHandler<THandlers> handler, THandlers handlers, JobEvent jobEvent, JobEventContext context)
    {
        if (_completedBefore?.Contains(new HandlerKey(_registration, handler)) == true)
            return default;

        _timer.CancelAfter(timeout);
        _stop = stopping.UnsafeRegister(static timer => ((CancellationTokenSource)timer!).Cancel(), _timer);
        try
        {
            var call = handler.Invocation(handlers, jobEvent, context, _timer.Token);
            if (!call.IsCompletedSuccessfully)
                return FinishAsync(call.AsTask(), handler, handler.Name, jobEvent);

            _completed.Add(new HandlerKey(_registration, handler));
        }
#pragma warning disable CA1031 // Handlers are the user's: whatever they throw is logged with its event, and counts as a failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception, handler.Name, jobEvent);
        }

        Reset();
        return default;
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask FinishAsync(Task call, object handler, string name, JobEvent jobEvent)
    {
        try
        {
            await WithinTimeAsync(call).ConfigureAwait(false);
            _completed.Add(new HandlerKey(_registration, handler));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception, name, jobEvent);
        }

        Reset();
    }

    private void Fail(Exception exception, string handler, JobEvent jobEvent)
    {
        Fail(handler, exception);
        if (exception is OperationCanceledException && _timer.IsCancellationRequested && !stopping.IsCancellationRequested)
            ProcessingLog.HandlerTimedOut(log, handler, timeout.TotalSeconds, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        else
            ProcessingLog.HandlerFailed(log, exception, handler, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
    }

    private void Reset()
    {
        _stop.Dispose();
        if (_timer.TryReset())
            return;

        _timer.Dispose();
        _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
    }

    // A handler that does not heed its token is left behind when its time is up, so that it cannot hold its lane for ever.
    private async Task WithinTimeAsync(Task call)
    {
        await call.WaitAsync(_timer.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompleted)
        {
            await call.ConfigureAwait(false);
            return;
        }

        _ = call.ContinueWith(
            static (late, state) => ProcessingLog.LateHandlerFailed((ILogger)state!, late.Exception!),
            log,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        throw new OperationCanceledException("The handler did not end within its time.", _timer.Token);
    }
}
