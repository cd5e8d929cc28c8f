using Naq.Events.CompilerServices;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Handles every event, as the generator would have written it for one global handler.</summary>
internal sealed class EveryHandlers(Func<JobEvent, JobEventContext, CancellationToken, ValueTask> handle) : IJobEventHandlers<EveryHandlers>
{
    private static readonly JobEventHandler<EveryHandlers>[] Table =
        [new("EveryHandlers.On", static (self, jobEvent, context, token) => self.Handle(jobEvent, context, token))];

    public static IReadOnlyList<string> HandledEvents => [];

    private Func<JobEvent, JobEventContext, CancellationToken, ValueTask> Handle => handle;

    public static ReadOnlySpan<JobEventHandler<EveryHandlers>> GetHandlers(JobEventType type, string eventName) => Table;
}

/// <summary>Two handlers for <c>failed</c>, one after the other, and none for anything else.</summary>
internal sealed class FailedHandlers(Action<JobEvent> first, Action<JobEvent> second) : IJobEventHandlers<FailedHandlers>
{
    private static readonly JobEventHandler<FailedHandlers>[] Table =
    [
        new("FailedHandlers.First", static (self, jobEvent, _, _) => self.Call(jobEvent, isFirst: true)),
        new("FailedHandlers.Second", static (self, jobEvent, _, _) => self.Call(jobEvent, isFirst: false)),
    ];

    public static IReadOnlyList<string> HandledEvents => ["failed"];

    public static ReadOnlySpan<JobEventHandler<FailedHandlers>> GetHandlers(JobEventType type, string eventName) =>
        type == JobEventType.Failed ? Table : [];

    private ValueTask Call(JobEvent jobEvent, bool isFirst)
    {
        (isFirst ? first : second)(jobEvent);
        return default;
    }
}
