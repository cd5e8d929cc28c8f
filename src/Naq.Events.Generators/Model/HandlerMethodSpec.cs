using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Model;

/// <summary>What a handler method returns.</summary>
internal enum HandlerReturn
{
    Void,
    Task,
    ValueTask,
}

/// <summary>A method with <c>[OnJobEvent]</c>, or the one method of a class with it.</summary>
internal sealed record HandlerMethodSpec
{
    public required string Name { get; init; }

    public required bool IsStatic { get; init; }

    public required HandlerReturn Return { get; init; }

    public required ImmutableEquatableArray<HandlerArgumentSpec> Arguments { get; init; }

    /// <summary>What each of its attributes is for. The event must pass one of them.</summary>
    public required ImmutableEquatableArray<HandlerFilterSpec> Filters { get; init; }

    /// <summary>What its attributes, or else those of its class, say about its failures; <see langword="null"/> without such.</summary>
    public HandlerPolicySpec? Policy { get; init; }

    /// <summary>The types that its parameters need a class for. It is taken off before the method goes on.</summary>
    public ImmutableEquatableArray<PayloadSpec> Payloads { get; init; } = ImmutableEquatableArray<PayloadSpec>.Empty;

    /// <summary>The events handled; empty when every event is.</summary>
    public IEnumerable<EventNameSpec> Events =>
        HandlesEveryEvent ? [] : Filters.SelectMany(filter => filter.Events).Distinct();

    public bool HandlesEveryEvent => Filters.Any(filter => filter.Events.Count == 0);

    public bool NeedsContext => Arguments.Any(
        argument => argument.Source is HandlerArgumentSource.Context or HandlerArgumentSource.Service);

    public bool TakesToken => Arguments.Any(argument => argument.Source == HandlerArgumentSource.CancellationToken);
}
