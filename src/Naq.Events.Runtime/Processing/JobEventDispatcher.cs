using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Naq.Events.CompilerServices;

namespace Naq.Events.Processing;

/// <summary>Dispatches through the table that the generator emitted for a handler class.</summary>
internal sealed class JobEventDispatcher<THandlers> : IJobEventDispatcher
    where THandlers : class, IJobEventHandlers<THandlers>
{
    private readonly bool _scoped;
    private readonly THandlers? _handlers;

    // Here, and so for a run of the processor and a replay of history together.
    private readonly ConcurrentDictionary<JobEventHandler<THandlers>, ConcurrencyLimit> _limits = new();

    /// <summary>Takes the handlers from the services.</summary>
    public JobEventDispatcher(bool scoped) => _scoped = scoped;

    /// <summary>Takes this object.</summary>
    public JobEventDispatcher(THandlers handlers) => _handlers = handlers;

    public string Name => typeof(THandlers).Name;

    public IReadOnlyList<string> HandledEvents => THandlers.HandledEvents;

    public OrderingAttribute? Ordering => THandlers.Ordering;

    public void AddLimits(
        int registration, JobEvent jobEvent, FailurePolicy policy, IReadOnlySet<HandlerKey>? completed, HandlerPermits permits)
    {
        foreach (var handler in THandlers.GetHandlers(jobEvent.EventType, jobEvent.EventName))
        {
            if (policy.Concurrency(handler.Policy) is not { } most || handler.Filter?.Invoke(jobEvent) == false)
                continue;

            var key = new HandlerKey(registration, handler);
            if (completed?.Contains(key) != true)
                permits.Need(key, _limits.GetOrAdd(handler, static (_, calls) => new ConcurrencyLimit(calls), most));
        }
    }

    public int MostAttempts(JobEvent jobEvent, FailurePolicy policy)
    {
        var most = 0;
        foreach (var handler in THandlers.GetHandlers(jobEvent.EventType, jobEvent.EventName))
            most = Math.Max(most, policy.MaxAttempts(handler.Policy));

        return most;
    }

    public ValueTask DispatchAsync(HandlerDelivery delivery, HandlerRun run)
    {
        if (Handlers(delivery).IsEmpty)
            return default;

        return _scoped ? DispatchScopedAsync(delivery, run) : DispatchAsync(delivery, delivery.Services, run);
    }

    private static ReadOnlySpan<JobEventHandler<THandlers>> Handlers(in HandlerDelivery delivery) =>
        THandlers.GetHandlers(delivery.Event.EventType, delivery.Event.EventName);

    private async ValueTask DispatchScopedAsync(HandlerDelivery delivery, HandlerRun run)
    {
        await using var scope = delivery.Services.CreateAsyncScope();
        await DispatchAsync(delivery, scope.ServiceProvider, run).ConfigureAwait(false);
    }

    private ValueTask DispatchAsync(HandlerDelivery delivery, IServiceProvider services, HandlerRun run)
    {
        var handlers = _handlers ?? services.GetRequiredService<THandlers>();
        var table = Handlers(delivery);
        for (var i = 0; i < table.Length; i++)
        {
            var running = run.RunAsync(table[i], handlers, delivery, services);
            if (!running.IsCompletedSuccessfully)
                return FinishAsync(running, i + 1, handlers, delivery, services, run);
        }

        return default;
    }

    // Only a handler that really waits costs a state machine.
    private static async ValueTask FinishAsync(
        ValueTask running, int next, THandlers handlers, HandlerDelivery delivery, IServiceProvider services, HandlerRun run)
    {
        await running.ConfigureAwait(false);
        for (var i = next; i < Handlers(delivery).Length; i++)
        {
            // The span cannot live across an await; the table behind it does not change.
            await run.RunAsync(Handlers(delivery)[i], handlers, delivery, services).ConfigureAwait(false);
        }
    }
}
