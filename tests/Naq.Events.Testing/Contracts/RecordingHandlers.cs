using System.Collections.Concurrent;
using Naq.Events.CompilerServices;

namespace Naq.Events.Testing.Contracts;

/// <summary>A handler of every event, which remembers what it was called with, and fails where a test wants it to.</summary>
internal sealed class RecordingHandlers : IJobEventHandlers<RecordingHandlers>
{
    private static readonly JobEventHandler<RecordingHandlers>[] Table =
    [
        new("RecordingHandlers.On", static (self, jobEvent, _, token) => self.HandleAsync(jobEvent, token)),
    ];

    private readonly ConcurrentQueue<JobEvent> _handled = new();
    private readonly ConcurrentDictionary<string, bool> _broken = new();
    private int _calls;

    public static IReadOnlyList<string> HandledEvents => [];

    /// <summary>Runs before each call is decided.</summary>
    public Func<JobEvent, CancellationToken, ValueTask>? Before { get; set; }

    /// <summary>The calls, failed ones included.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public static ReadOnlySpan<JobEventHandler<RecordingHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

    /// <summary>A job's events that were handled without a failure, in order.</summary>
    public IReadOnlyList<JobEvent> EventsOf(string jobId) => [.. _handled.Where(jobEvent => jobEvent.JobId == jobId)];

    /// <summary>Their messages.</summary>
    public string Of(string jobId) => string.Join(' ', EventsOf(jobId).Select(static jobEvent => jobEvent.Message));

    /// <summary>Has events of this message fail.</summary>
    public void Break(string message) => _broken[message] = true;

    /// <summary>Has them succeed again.</summary>
    public void Mend(string message) => _broken[message] = false;

    private async ValueTask HandleAsync(JobEvent jobEvent, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _calls);
        if (Before is not null)
            await Before(jobEvent, cancellationToken);

        if (_broken.GetValueOrDefault(jobEvent.Message!))
            throw new InvalidOperationException($"{jobEvent.Message} is broken");

        _handled.Enqueue(jobEvent);
    }
}
