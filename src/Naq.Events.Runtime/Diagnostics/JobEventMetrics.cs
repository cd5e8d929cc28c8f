using System.Diagnostics.Metrics;

namespace Naq.Events.Diagnostics;

/// <summary>The instruments of the meter <c>Naq.Events</c>. Labels are bounded: never a job id. The table in docs/observability.md names all.</summary>
internal static class JobEventMetrics
{
    public const string MeterName = "Naq.Events";
    public const string EnvironmentTag = "naq.environment";
    public const string ServiceTag = "naq.service";
    public const string KindTag = "kind";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Logged =
        Meter.CreateCounter<long>("naq.events.logged", "{event}", "Events that log calls put into the buffer.");

    public static readonly Counter<long> Stored =
        Meter.CreateCounter<long>("naq.events.stored", "{event}", "Events that the store acknowledged.");

    public static readonly Counter<long> Spooled =
        Meter.CreateCounter<long>("naq.events.spooled", "{event}", "Events that log calls wrote to the spool.");

    public static readonly Counter<long> Lost =
        Meter.CreateCounter<long>("naq.events.lost", "{event}", "Events that did not reach the store.");

    public static readonly Counter<long> Resent =
        Meter.CreateCounter<long>("naq.events.resent", "{event}", "Events that were sent again, after a fault or a refusal.");

    // Named by OpenTelemetry's conventions for messaging clients; its buckets are theirs too.
    public static readonly Histogram<double> PublishDuration = Meter.CreateHistogram(
        "messaging.client.operation.duration",
        "s",
        "Time from sending an event to its acknowledgement: of acknowledgements that come together, that of the oldest event.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] });

    public static readonly Counter<long> Handled =
        Meter.CreateCounter<long>("naq.events.handled", "{event}", "Events that every handler handled.");

    public static readonly Counter<long> HandlerFailures =
        Meter.CreateCounter<long>("naq.events.handler.failures", "{failure}", "Handlers that threw or ran out of time.");

    public static readonly Counter<long> DeadLettered =
        Meter.CreateCounter<long>("naq.events.dead_lettered", "{event}", "Events and messages that durable processors gave up and kept as dead letters.");

    public static readonly Counter<long> Parked =
        Meter.CreateCounter<long>("naq.events.parked", "{event}", "Events that durable processors parked behind a dead letter of their job.");

    public static readonly Counter<long> Malformed =
        Meter.CreateCounter<long>("naq.events.malformed", "{message}", "Messages in a stream that are not events.");

    public static readonly Counter<long> Missed =
        Meter.CreateCounter<long>("naq.events.missed", "{event}", "Events that had been removed from a stream before a reader came to them, at most.");

    public static readonly Counter<long> Viewed =
        Meter.CreateCounter<long>("naq.job_view.events", "{event}", "Events that were folded into the job view.");

    public static readonly Counter<long> Stalled =
        Meter.CreateCounter<long>("naq.watchdog.stalled", "{job}", "Jobs whose heartbeats stopped, and for which a watchdog of this process logged so.");

    static JobEventMetrics()
    {
        _ = Meter.CreateObservableGauge(
            "naq.job_view.behind", JobViewMeter.Behind, "{event}", "Events that wait to be folded into the job view, where it is kept.");
        _ = Meter.CreateObservableGauge(
            "naq.processor.lag", ProcessorMeter.LagInEvents, "{event}", "Events that are stored and that a processor of this process has not handled yet.");
        _ = Meter.CreateObservableGauge(
            "naq.processor.lag.time", ProcessorMeter.LagInSeconds, "s", "Age of the oldest event that a processor of this process has in hand.");
        _ = Meter.CreateObservableUpDownCounter(
            "naq.events.buffer.events", LoggerMeters.BufferedEvents, "{event}", "Events in loggers' buffers, waiting or not yet acknowledged.");
        _ = Meter.CreateObservableUpDownCounter(
            "naq.events.buffer.size", LoggerMeters.BufferedBytes, "By", "Bytes of the events in loggers' buffers.");
        _ = Meter.CreateObservableUpDownCounter(
            "naq.events.connections", LoggerMeters.Connected, "{connection}", "Loggers that can send now.");
    }

    public static KeyValuePair<string, object?> KindOf(JobEventLossKind kind) => new(KindTag, kind switch
    {
        JobEventLossKind.Overflow => "overflow",
        JobEventLossKind.Refused => "refused",
        JobEventLossKind.Rejected => "rejected",
        _ => "abandoned",
    });

    /// <summary>The labels of a logger.</summary>
    public static KeyValuePair<string, object?>[] LoggerTags(NaqEventsOptions options) =>
        [new(EnvironmentTag, options.Environment), new(ServiceTag, options.Service)];

    /// <summary>The labels of <see cref="Missed"/> for the embedded store.</summary>
    public static readonly KeyValuePair<string, object?>[] MemoryTags = [new("messaging.system", "naq_memory")];

    /// <summary>The labels of <see cref="Missed"/> for a stream.</summary>
    public static KeyValuePair<string, object?>[] ReceiveTags(string stream) =>
    [
        new("messaging.system", "nats"),
        new("messaging.operation.name", "receive"),
        new("messaging.operation.type", "receive"),
        new("messaging.destination.name", stream),
    ];

    /// <summary>Counts removed sequences, both ends included.</summary>
    public static void AddMissed(KeyValuePair<string, object?>[] tags, ulong from, ulong to) => Missed.Add((long)(to - from) + 1, tags);

    /// <summary>The labels of <see cref="PublishDuration"/> and <see cref="Resent"/>.</summary>
    public static KeyValuePair<string, object?>[] PublishTags(string stream) =>
    [
        new("messaging.system", "nats"),
        new("messaging.operation.name", "publish"),
        new("messaging.operation.type", "send"),
        new("messaging.destination.name", stream),
    ];
}
