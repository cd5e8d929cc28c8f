using System.Collections.Concurrent;
using Naq.Events.CompilerServices;

namespace Naq.Events.Testing.Contracts;

/// <summary>Two handlers of every event, and what each was called with.</summary>
internal sealed class TwoHandlers(Func<JobEvent, CancellationToken, ValueTask> second) : IJobEventHandlers<TwoHandlers>
{
    private static readonly JobEventHandler<TwoHandlers>[] Table =
    [
        // Of one name, as overloads are.
        new("TwoHandlers.On", static (self, jobEvent, _, _) =>
        {
            self.First.Enqueue(jobEvent.Message!);
            return default;
        }),
        new("TwoHandlers.On", static (self, jobEvent, _, token) => self.OnSecondAsync(jobEvent, token)),
    ];

    public static IReadOnlyList<string> HandledEvents => [];

    public ConcurrentQueue<string> First { get; } = new();

    public ConcurrentQueue<string> Second { get; } = new();

    public static ReadOnlySpan<JobEventHandler<TwoHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

    private async ValueTask OnSecondAsync(JobEvent jobEvent, CancellationToken cancellationToken)
    {
        await second(jobEvent, cancellationToken);
        Second.Enqueue(jobEvent.Message!);
    }
}
