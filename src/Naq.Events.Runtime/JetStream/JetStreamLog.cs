using Microsoft.Extensions.Logging;

namespace Naq.Events.JetStream;

/// <summary>What the JetStream store logs. Values that are no strings are objects (docs/decisions/0031).</summary>
internal static partial class JetStreamLog
{
    [LoggerMessage(3001, LogLevel.Information, "Created the stream {Stream} on {Address}: {Settings}")]
    public static partial void StreamCreated(ILogger logger, string stream, string address, string settings);

    [LoggerMessage(3002, LogLevel.Information, "Changed the stream {Stream} on {Address}: {Setting} {Old} -> {New}")]
    public static partial void StreamChanged(ILogger logger, string stream, string address, string setting, string old, string @new);

    [LoggerMessage(3003, LogLevel.Warning, "The new {Setting} of the stream {Stream} is smaller: the server will remove {Removed}")]
    public static partial void StreamShrinks(ILogger logger, string stream, string setting, string removed);

    [LoggerMessage(3015, LogLevel.Warning,
        "The {Setting} of the stream {Stream} stays {Present}: {Wanted} would remove {Removed}. Set JetStreamOptions.AllowDataLoss if that is what you want, "
        + "or give the option its present value")]
    public static partial void LimitKept(ILogger logger, string stream, string setting, string present, string wanted, string removed);

    [LoggerMessage(3016, LogLevel.Warning,
        "{Reader} of {Stream} lost up to {Count} events: {From} to {To} were removed, by the stream's limits or on request, before they were read. It goes on; raise "
        + "the limits, or read faster")]
    public static partial void EventsLost(ILogger logger, string reader, string stream, object count, object from, object to);

    [LoggerMessage(3017, LogLevel.Warning, "The stream {Stream} fills up: {Forecast}")]
    public static partial void StreamFillsUp(ILogger logger, string stream, string forecast);

    [LoggerMessage(3004, LogLevel.Warning, "Skipped the message {Sequence} of the stream {Stream}, which is not an event of a job: {Problem}")]
    public static partial void MessageSkipped(ILogger logger, string stream, object sequence, string problem);

    [LoggerMessage(3005, LogLevel.Warning, "Publishing to {Address} stopped and is tried again in {Delay}: {Reason}")]
    public static partial void PublishingInterrupted(ILogger logger, string address, object delay, string reason);

    [LoggerMessage(3020, LogLevel.Warning, "Publishing to {Address} was interrupted and goes on over a new connection: {Reason}")]
    public static partial void PublishingReconnects(ILogger logger, string address, string reason);

    [LoggerMessage(3021, LogLevel.Warning,
        "{Address} takes no more than it has ({Reason}); at most {Window} events are under way from now on, until it takes more again")]
    public static partial void PublishingSlowsDown(ILogger logger, string address, string reason, object window);

    [LoggerMessage(3006, LogLevel.Information, "Publishing to {Address} goes on; {Events} events are sent again")]
    public static partial void PublishingResumed(ILogger logger, string address, object events);

    [LoggerMessage(3007, LogLevel.Error, "The server refused the event {EventId}: {Reason}")]
    public static partial void EventRejected(ILogger logger, object eventId, string reason);

    [LoggerMessage(3008, LogLevel.Warning, "Reading {What} was interrupted before sequence {Sequence} and is tried again: {Reason}")]
    public static partial void ReadingInterrupted(ILogger logger, string what, object sequence, string reason);

    [LoggerMessage(3009, LogLevel.Warning, "The consumer {Consumer} was removed; it is created again from sequence {Sequence}")]
    public static partial void ConsumerRemoved(ILogger logger, string consumer, object sequence);

    [LoggerMessage(3010, LogLevel.Debug, "Clearing up failed: {What}")]
    public static partial void ClearingUpFailed(ILogger logger, Exception exception, string what);

    [LoggerMessage(3011, LogLevel.Information, "Created the consumer {Consumer} on the stream {Stream}, from sequence {Sequence}")]
    public static partial void ConsumerCreated(ILogger logger, string consumer, string stream, object sequence);

    [LoggerMessage(3012, LogLevel.Information, "Changed the consumer {Consumer}: {Setting} {Old} -> {New}")]
    public static partial void ConsumerChanged(ILogger logger, string consumer, string setting, string old, string @new);

    [LoggerMessage(3013, LogLevel.Warning,
        "The NATS server at {Address} does not take atomic batches, which need nats-server 2.12: events are published one after the other")]
    public static partial void BatchesNotSupported(ILogger logger, string address);

    [LoggerMessage(3014, LogLevel.Warning,
        "The NATS server at {Address} keeps no message for a time of its own, which needs nats-server 2.11: Retention is ignored, and every event kept "
        + "for {MaxAge}. Upgrade the server, or call CleanupExpiredAsync from time to time")]
    public static partial void TtlsNotSupported(ILogger logger, string address, object maxAge);

    [LoggerMessage(3022, LogLevel.Warning, "The job view of {Stream} cannot be read, and the list of jobs is folded from the events")]
    public static partial void JobViewNotRead(ILogger logger, Exception exception, string stream);

    [LoggerMessage(3023, LogLevel.Information, "This process keeps the job view of {Stream} from now on, after sequence {Sequence}")]
    public static partial void JobViewTakenOver(ILogger logger, string stream, object sequence);

    [LoggerMessage(3024, LogLevel.Warning, "Keeping the job view of {Stream} was interrupted, and is tried again in {Delay} s: {Reason}")]
    public static partial void JobViewInterrupted(ILogger logger, string stream, object delay, string reason);

    [LoggerMessage(3025, LogLevel.Information, "Another process keeps the job view of {Stream} now")]
    public static partial void JobViewGivenUp(ILogger logger, string stream);

    [LoggerMessage(3026, LogLevel.Warning,
        "Whether {Count} events from before an outage are in {Stream} cannot be found out: this user may not publish to {Request}. They are sent again, and "
        + "may be stored twice. Permit it, or set DuplicateWindow to twice the longest outage that you want to cover")]
    public static partial void StoredNotFound(ILogger logger, string stream, string request, object count);

    [LoggerMessage(3028, LogLevel.Information, "The consumer {Consumer} is taken over: {Count} events that nobody was done with come first")]
    public static partial void TakenOver(ILogger logger, string consumer, object count);

    [LoggerMessage(3027, LogLevel.Information, "{Count} deliveries of the consumer {Consumer} were lost with the connection: the server is asked for the sequences {From} to {To} again")]
    public static partial void DeliveriesLost(ILogger logger, object count, string consumer, object from, object to);
}
