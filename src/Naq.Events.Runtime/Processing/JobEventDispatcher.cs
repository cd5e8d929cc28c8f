using Microsoft.Extensions.DependencyInjection;
using Naq.Events.CompilerServices;

namespace Naq.Events.Processing;

/// <summary>Dispatches through the table that the generator emitted for a handler class.</summary>
internal sealed class JobEventDispatcher<THandlers> : IJobEventDispatcher
    where THandlers : class, IJobEventHandlers<THandlers>
{
    private readonly bool _scoped;
    private readonly THandlers? _handlers;

    /// <summary>Takes the handlers from the services.</summary>
    public JobEventDispatcher(bool scoped) => _scoped = scoped;

    /// <summary>Takes this object.</summary>
    public JobEventDispatcher(THandlers handlers) => _handlers = handlers;

    public string Name => typeof(THandlers).Name;

    public IReadOnlyList<string> HandledEvents => THandlers.HandledEvents;

    public ValueTask DispatchAsync(HandlerDelivery delivery, HandlerRun run)
    {
        if (THandlers.GetHandlers(delivery.Event.EventType, delivery.Event.EventName).IsEmpty)
            return default;

        return _scoped ? DispatchScopedAsync(delivery, run) : DispatchAsync(delivery, delivery.Services, run);
    }

    private async ValueTask DispatchScopedAsync(HandlerDelivery delivery, HandlerRun run)
    {
        await using var scope = delivery.Services.CreateAsyncScope();
        await DispatchAsync(delivery, scope.ServiceProvider, run).ConfigureAwait(false);
    }

    private async ValueTask DispatchAsync(HandlerDelivery delivery, IServiceProvider services, HandlerRun run)
    {
        var handlers = _handlers ?? services.GetRequiredService<THandlers>();
        var context = delivery.Context(services);
        var count = THandlers.GetHandlers(delivery.Event.EventType, delivery.Event.EventName).Length;
        for (var i = 0; i < count; i++)
        {
            // The span cannot live across an await; the table behind it does not change.
            var handler = THandlers.GetHandlers(delivery.Event.EventType, delivery.Event.EventName)[i];
            await run.RunAsync(handler, handlers, delivery.Event, context).ConfigureAwait(false);
        }
    }
}
