namespace Naq.Events.CompilerServices;

/// <summary>Calls one handler method with its bound parameters.</summary>
/// <typeparam name="THandlers">The handler class.</typeparam>
/// <param name="handlers">The instance.</param>
/// <param name="jobEvent">The event.</param>
/// <param name="context">Its delivery; not used, and <see langword="null"/>, where the handler does not need it.</param>
/// <param name="cancellationToken">Cancelled when the handler's time is up or the processor stops; never where the handler does not take it.</param>
public delegate ValueTask JobEventHandlerInvocation<in THandlers>(
    THandlers handlers, JobEvent jobEvent, JobEventContext context, CancellationToken cancellationToken);

/// <summary>One handler method of a handler class, in its dispatch table.</summary>
/// <typeparam name="THandlers">The handler class.</typeparam>
/// <param name="name">The handler's name, <c>OrderHandlers.OnFailed</c>.</param>
/// <param name="invocation">The call.</param>
public sealed class JobEventHandler<THandlers>(string name, JobEventHandlerInvocation<THandlers> invocation)
{
    /// <summary>The handler's name, <c>OrderHandlers.OnFailed</c>: for logs, metrics and dead letters.</summary>
    public string Name { get; } = name;

    /// <summary>The call.</summary>
    public JobEventHandlerInvocation<THandlers> Invocation { get; } = invocation;

    /// <summary>Whether the call needs the context: one is made for those only that do.</summary>
    public bool NeedsContext { get; init; }

    /// <summary>
    /// Whether the call needs the token, which costs a timer; true unless the generator knows better. Another call has its time too, once it
    /// has to be waited for.
    /// </summary>
    public bool TakesToken { get; init; } = true;

    /// <summary>
    /// Whether the event, of a type and name that the handler handles, passes its filters; <see langword="null"/> for a handler
    /// without.
    /// </summary>
    public Func<JobEvent, bool>? Filter { get; init; }

    /// <summary>What its attributes say about its time, its calls and its failures; <see langword="null"/> for a handler without such.</summary>
    public JobEventHandlerPolicy? Policy { get; init; }
}
