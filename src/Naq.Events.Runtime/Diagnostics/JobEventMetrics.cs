using System.Diagnostics.Metrics;

namespace Naq.Events.Diagnostics;

/// <summary>The instruments of the meter <c>Naq.Events</c>. Labels are bounded: never a job id.</summary>
internal static class JobEventMetrics
{
    public const string MeterName = "Naq.Events";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Logged =
        Meter.CreateCounter<long>("naq.events.logged", "{event}", "Events that log calls put into the buffer.");

    public static readonly Counter<long> Stored =
        Meter.CreateCounter<long>("naq.events.stored", "{event}", "Events that the store acknowledged.");

    public static readonly Counter<long> Spooled =
        Meter.CreateCounter<long>("naq.events.spooled", "{event}", "Events that log calls wrote to the spool.");

    public static readonly Counter<long> Handled =
        Meter.CreateCounter<long>("naq.events.handled", "{event}", "Events that every handler handled.");

    public static readonly Counter<long> HandlerFailures =
        Meter.CreateCounter<long>("naq.events.handler.failures", "{failure}", "Handlers that threw or ran out of time.");

    public static readonly Counter<long> Malformed =
        Meter.CreateCounter<long>("naq.events.malformed", "{message}", "Messages in a stream that are not events.");

    private static readonly Counter<long> LostEvents =
        Meter.CreateCounter<long>("naq.events.lost", "{event}", "Events that did not reach the store.");

    public static void Lost(JobEventLossKind kind, int count) => LostEvents.Add(count, new KeyValuePair<string, object?>("kind", kind switch
    {
        JobEventLossKind.Overflow => "overflow",
        JobEventLossKind.Refused => "refused",
        JobEventLossKind.Rejected => "rejected",
        _ => "abandoned",
    }));
}
