using System.Globalization;
using Microsoft.Extensions.Logging;
using Naq.Events.CompilerServices;
using Naq.Events.Diagnostics;

namespace Naq.Events.Processing;

/// <summary>
/// Runs the handlers of one lane, one at a time, each within its time. A handler that fails is logged and remembered; the next
/// one runs all the same.
/// </summary>
internal sealed class HandlerRun(
    FailurePolicy policy, ILogger log, TimeProvider timeProvider, CancellationToken stopping, IHandledRecords? records = null) : IDisposable
{
    private readonly List<HandlerKey> _completed = [];
    private readonly List<string> _names = [];
    private IReadOnlySet<HandlerKey>? _completedBefore;
    private HandlerPermits? _permits;
    private int _registration;
    private HandlerCall _call;
    private CancellationTokenSource? _timer;
    private CancellationTokenRegistration _stop;
    private bool _isTimed;

    /// <summary>What the handlers that ran since <see cref="Begin"/> make of the event.</summary>
    public DeliveryVerdict Verdict { get; } = new(policy);

    /// <summary>The handlers that are done with the event, in this delivery or before.</summary>
    public IReadOnlySet<HandlerKey> Completed
    {
        get
        {
            var completed = new HashSet<HandlerKey>(_completed);
            if (_completedBefore is not null)
                completed.UnionWith(_completedBefore);

            return completed;
        }
    }

    /// <summary>Begins a delivery.</summary>
    /// <param name="attempt">Which try of the event it is, from 1.</param>
    /// <param name="completed">The handlers that are done with the event; they do not run again.</param>
    /// <param name="permits">The calls of limited handlers that are counted for it.</param>
    public void Begin(int attempt = 1, IReadOnlySet<HandlerKey>? completed = null, HandlerPermits? permits = null)
    {
        _permits = permits;
        Verdict.Begin(attempt);
        _completed.Clear();
        _names.Clear();
        _completedBefore = completed;
    }

    /// <summary>Begins a handler class.</summary>
    public void BeginRegistration(int registration) => _registration = registration;

    /// <summary>Counts the failure of a handler class that cannot be had.</summary>
    public void Fail(string handlerClass, Exception exception)
    {
        Verdict.Add(new HandlerFailure(handlerClass, exception), handler: null, context: null);
        JobEventMetrics.HandlerFailures.Add(1);
    }

    /// <summary>Runs a handler that is for the event, unless it is done with it.</summary>
    public ValueTask RunAsync<THandlers>(
        JobEventHandler<THandlers> handler, THandlers handlers, in HandlerDelivery delivery, IServiceProvider services)
    {
        if (handler.Filter is { } passes && !passes(delivery.Event))
            return default;

        return records is null
            ? RunWantedAsync(handler, handlers, delivery, services)
            : RunRecordedAsync(records, handler, handlers, delivery, services);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _timer?.Dispose();
    }

    /// <summary>Runs a handler that is not recorded as done with the event, and records it.</summary>
    private async ValueTask RunRecordedAsync<THandlers>(
        IHandledRecords handled, JobEventHandler<THandlers> handler, THandlers handlers, HandlerDelivery delivery, IServiceProvider services)
    {
        var jobEvent = delivery.Event;
        var name = NameInRecords(handler.Name);
        try
        {
            if (await handled.HasAsync(jobEvent, name, stopping).ConfigureAwait(false))
            {
                ProcessingLog.HandledBefore(log, handler.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
                _completed.Add(new HandlerKey(_registration, handler));
                return;
            }
        }
#pragma warning disable CA1031 // Whether it was done is not known, so it must not run: it is tried again as after a failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Verdict.Add(new HandlerFailure(handler.Name, exception), handler.Policy, context: null);
            ProcessingLog.HandlerFailed(log, exception, handler.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
            return;
        }

        var completed = _completed.Count;
        await RunWantedAsync(handler, handlers, delivery, services).ConfigureAwait(false);
        if (_completed.Count == completed)
            return;

        try
        {
            await handled.AddAsync(jobEvent, name, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The effect is there: only another delivery, if there is one, would not know.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.NotRecorded(log, exception, handler.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        }
    }

    /// <summary>Two overloads, and a class that is added twice, have one name: they are told apart by their order.</summary>
    private string NameInRecords(string name)
    {
        var same = 0;
        foreach (var other in _names)
            same += other == name ? 1 : 0;

        _names.Add(name);
        return same == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{same + 1}");
    }

    private ValueTask RunWantedAsync<THandlers>(
        JobEventHandler<THandlers> handler, THandlers handlers, in HandlerDelivery delivery, IServiceProvider services)
    {
        if (_completedBefore?.Contains(new HandlerKey(_registration, handler)) == true)
            return default;

        // A handler may keep its context, so no call can have that of another: it is made for those only that ask for it.
        var context = handler.NeedsContext ? new JobEventContext(services, delivery) : null;
        var limit = _permits?.Take(new HandlerKey(_registration, handler));
        _call = new HandlerCall(handler, handler.Name, handler.Policy, delivery.Event, context, limit);
        var token = CancellationToken.None;
        if (handler.TakesToken || context is not null)
        {
            var timer = StartTime();
            context?.Begin(timer);
            token = timer.Token;
        }

        try
        {
            var call = handler.Invocation(handlers, delivery.Event, context!, token);
            if (!call.IsCompletedSuccessfully)
                return FinishAsync(call.AsTask());

            End(exception: null);
        }
#pragma warning disable CA1031 // Handlers are the user's: whatever they throw is logged with its event, and counts as a failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(exception);
        }

        return default;
    }

    // Nobody can be told that the time is up while a handler without a token has not returned: its time begins when it has to be waited for.
    private CancellationTokenSource StartTime()
    {
        if (_timer is null)
        {
            _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
            _stop = stopping.UnsafeRegister(static timer => ((CancellationTokenSource)timer!).Cancel(), _timer);
        }

        if (!_isTimed)
            _timer.CancelAfter(policy.Timeout(_call.Policy));

        _isTimed = true;
        return _timer;
    }

    private async ValueTask FinishAsync(Task call)
    {
        try
        {
            await WithinTimeAsync(call, StartTime().Token).ConfigureAwait(false);
            End(exception: null);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(exception);
        }
    }

    private void End(Exception? exception)
    {
        var context = _call.Context;
        context?.End();
        _call.Limit?.Leave();
        if (exception is not null)
            Fail(exception);
        else if (context is { RetryDelay: not null } or { Rejection: not null })
            Verdict.Add(new HandlerFailure(_call.Name, Exception: null), _call.Policy, context);
        else
            Complete();

        Reset();
    }

    private void Complete() => _completed.Add(new HandlerKey(_registration, _call.Handler));

    private void Fail(Exception exception)
    {
        var jobEvent = _call.Event;
        JobEventMetrics.HandlerFailures.Add(1);
        if (policy.Drops(_call.Policy, exception))
        {
            ProcessingLog.EventDropped(log, exception, _call.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
            Complete();
            return;
        }

        Verdict.Add(new HandlerFailure(_call.Name, exception), _call.Policy, _call.Context);
        if (exception is OperationCanceledException && _timer is { IsCancellationRequested: true } && !stopping.IsCancellationRequested)
            ProcessingLog.HandlerTimedOut(log, _call.Name, policy.Timeout(_call.Policy).TotalSeconds, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
        else
            ProcessingLog.HandlerFailed(log, exception, _call.Name, jobEvent.EventName, jobEvent.Id, jobEvent.Sequence);
    }

    private void Reset()
    {
        if (!_isTimed)
            return;

        _isTimed = false;
        if (_timer!.TryReset())
            return;

        _stop.Dispose();
        _timer.Dispose();
        _timer = null;
    }

    // A handler that does not heed its token is left behind when its time is up, so that it cannot hold its lane for ever.
    private async Task WithinTimeAsync(Task call, CancellationToken timeIsUp)
    {
        await call.WaitAsync(timeIsUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompleted)
        {
            await call.ConfigureAwait(false);
            return;
        }

        // It still runs, so it still counts.
        if (_call.Limit is { } limit)
        {
            _call = _call with { Limit = null };
            _ = call.ContinueWith(
                static (_, state) => ((ConcurrencyLimit)state!).Leave(), limit, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _ = call.ContinueWith(
            static (late, state) => ProcessingLog.LateHandlerFailed((ILogger)state!, late.Exception!),
            log,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        throw new OperationCanceledException("The handler did not end within its time.", timeIsUp);
    }
}
