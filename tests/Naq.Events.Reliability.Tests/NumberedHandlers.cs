using System.Collections.Concurrent;
using System.Globalization;
using Naq.Events.CompilerServices;

namespace Naq.Events.Reliability.Tests;

/// <summary>Handles numbered events, and notes which came after a later one of their job.</summary>
internal sealed class NumberedHandlers : IJobEventHandlers<NumberedHandlers>
{
    private static readonly JobEventHandler<NumberedHandlers>[] Table =
        [new("NumberedHandlers.On", static (self, jobEvent, context, _) => self.On(jobEvent, context)) { NeedsContext = true }];

    private readonly ConcurrentDictionary<int, byte> _numbers = new();
    private readonly ConcurrentDictionary<string, int> _latest = new();
    private int _handled;

    public static IReadOnlyList<string> HandledEvents => [];

    /// <summary>How many different events were handled.</summary>
    public int Handled => Volatile.Read(ref _handled);

    /// <summary>The events whose first delivery was handled after a later event of their job.</summary>
    public ConcurrentQueue<int> OutOfOrder { get; } = new();

    /// <summary>The events whose first delivery did not arrive, and that were handled after a later event of their job.</summary>
    public ConcurrentQueue<int> Late { get; } = new();

    public static ReadOnlySpan<JobEventHandler<NumberedHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

    public static int NumberOf(JobEvent jobEvent) => int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);

    private ValueTask On(JobEvent jobEvent, JobEventContext context)
    {
        var number = NumberOf(jobEvent);
        if (!_numbers.TryAdd(number, 0))
            return ValueTask.CompletedTask;

        if (number < _latest.GetValueOrDefault(jobEvent.JobId, -1))
            (context.Delivery == 1 ? OutOfOrder : Late).Enqueue(number);

        _latest[jobEvent.JobId] = Math.Max(number, _latest.GetValueOrDefault(jobEvent.JobId, -1));
        _ = Interlocked.Increment(ref _handled);
        return ValueTask.CompletedTask;
    }
}
