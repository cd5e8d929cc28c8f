using Microsoft.Extensions.Logging;

namespace Naq.Events.Processing;

/// <summary>The log messages of processors. Event ids 300 to 399. Values that are no strings are objects (docs/decisions/0031).</summary>
internal static partial class ProcessingLog
{
    [LoggerMessage(300, LogLevel.Error, "Handler {Handler} failed on event {EventName} {EventId}, sequence {Sequence}.")]
    public static partial void HandlerFailed(
        ILogger logger, Exception exception, string handler, string eventName, object eventId, object sequence);

    [LoggerMessage(301, LogLevel.Error,
        "Handler {Handler} did not end within HandlerTimeout ({Seconds} s), or the time that it asked for, on event {EventName} {EventId}, sequence {Sequence}.")]
    public static partial void HandlerTimedOut(
        ILogger logger, string handler, object seconds, string eventName, object eventId, object sequence);

    [LoggerMessage(302, LogLevel.Warning, "A handler that had run out of time failed in the end.")]
    public static partial void LateHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(303, LogLevel.Error,
        "Event {EventName} {EventId}, sequence {Sequence}, is left behind: its handlers failed, and a live processor tries once. It stays in the store.")]
    public static partial void EventLeftBehind(ILogger logger, string eventName, object eventId, object sequence);

    [LoggerMessage(304, LogLevel.Warning, "The message at sequence {Sequence} is not an event: {Problem}")]
    public static partial void MessageMalformed(ILogger logger, object sequence, string problem);

    [LoggerMessage(305, LogLevel.Warning,
        "The outcome of event {EventId}, sequence {Sequence}, could not be told to the store; it will be delivered again.")]
    public static partial void OutcomeNotTold(ILogger logger, Exception exception, object eventId, object sequence);

    [LoggerMessage(306, LogLevel.Warning, "The processor gets no events: {Problem} The next attempt is in {Seconds:F1} s.")]
    public static partial void DeliveryInterrupted(ILogger logger, string problem, object seconds);

    [LoggerMessage(307, LogLevel.Information, "The processor {Processor} started; {Lanes} events are handled at once.")]
    public static partial void Started(ILogger logger, string processor, object lanes);

    [LoggerMessage(308, LogLevel.Warning, "The processor stopped before its running handlers had ended; their events are given back.")]
    public static partial void StoppedEarly(ILogger logger);

    [LoggerMessage(309, LogLevel.Error,
        "A handler blocks its thread and did not return when the processor stopped; it is left behind. Let it be asynchronous and heed its token.")]
    public static partial void HandlerBlocks(ILogger logger);

    [LoggerMessage(310, LogLevel.Error,
        "Event {EventName} {EventId}, sequence {Sequence}, is a dead letter of the processor {Processor} after {Deliveries} deliveries: {Reason}")]
    public static partial void EventDeadLettered(
        ILogger logger, string eventName, object eventId, object sequence, string processor, object deliveries, string reason);

    [LoggerMessage(314, LogLevel.Information,
        "Handler {Handler} does not run again for event {EventName} {EventId}, sequence {Sequence}: it is recorded as done.")]
    public static partial void HandledBefore(ILogger logger, string handler, string eventName, object eventId, object sequence);

    [LoggerMessage(315, LogLevel.Warning,
        "That handler {Handler} is done with event {EventName} {EventId}, sequence {Sequence}, could not be recorded.")]
    public static partial void NotRecorded(
        ILogger logger, Exception exception, string handler, string eventName, object eventId, object sequence);

    [LoggerMessage(313, LogLevel.Information,
        "Event {EventName} {EventId}, sequence {Sequence}, is parked by the processor {Processor}: job {JobId} has a dead letter, or an event that waits in the store.")]
    public static partial void EventParked(
        ILogger logger, string eventName, object eventId, object sequence, string processor, string jobId);

    [LoggerMessage(311, LogLevel.Warning,
        "Handler {Handler} drops event {EventName} {EventId}, sequence {Sequence}, as it is told to for this exception.")]
    public static partial void EventDropped(
        ILogger logger, Exception exception, string handler, string eventName, object eventId, object sequence);

    [LoggerMessage(312, LogLevel.Error,
        "Event {EventName} {EventId}, sequence {Sequence}, of a replay of history is left behind after {Attempts} tries: {Reason}")]
    public static partial void ReplayedEventLeftBehind(
        ILogger logger, string eventName, object eventId, object sequence, object attempts, string reason);

    [LoggerMessage(316, LogLevel.Information, "The processor {Processor} handles events in this process from now on.")]
    public static partial void TookOver(ILogger logger, string processor);

    [LoggerMessage(317, LogLevel.Warning, "The processor {Processor} stands by in this process: it did not reach the store for too long, or another process has taken over.")]
    public static partial void StandsBy(ILogger logger, string processor);

    [LoggerMessage(319, LogLevel.Information, "The processor {Processor} is left to another process: its jobs are divided among more of them.")]
    public static partial void Yielded(ILogger logger, string processor);

    [LoggerMessage(320, LogLevel.Information, "The {Shares} shares of the jobs of the processor {Processor} are divided among {Members} processes, of which this is the {Place}.")]
    public static partial void SharesDivided(ILogger logger, string processor, object shares, object members, object place);

    [LoggerMessage(318, LogLevel.Warning, "Whether the processor {Processor} is active in this process cannot be told to the store, and is tried again: {Reason}")]
    public static partial void LeaseNotKept(ILogger logger, string processor, string reason);
}
