using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>What the attributes of a handler, or else of its class, say about its time, its calls and its failures.</summary>
/// <param name="Retry">How it is tried again.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
/// <param name="Concurrency">How many calls may run at once.</param>
/// <param name="NeverRetry">The types of exceptions that are never retried.</param>
/// <param name="DropOn">The types of exceptions that it is done with an event by.</param>
internal sealed record HandlerPolicySpec(
    HandlerRetrySpec? Retry,
    double? TimeoutSeconds,
    int? Concurrency,
    ImmutableEquatableArray<string> NeverRetry,
    ImmutableEquatableArray<string> DropOn);

/// <summary>How a handler is tried again.</summary>
/// <param name="MaxAttempts">The most tries.</param>
/// <param name="DelaySeconds">The first wait.</param>
/// <param name="MaxDelaySeconds">The longest wait.</param>
/// <param name="Backoff">The member that says how the wait grows.</param>
internal sealed record HandlerRetrySpec(int MaxAttempts, double? DelaySeconds, double? MaxDelaySeconds, string? Backoff);
