using System.ComponentModel.DataAnnotations;
using Naq.Events.Hosting;
using Naq.Events.JetStream.ServiceStreams;

namespace Naq.Events;

/// <summary>The stream that events are kept in. It is created, or updated to these settings, at start-up.</summary>
public sealed class JetStreamOptions
{
    /// <summary>The server's address, or several divided by commas; <c>nats://localhost:4222</c> by default.</summary>
    [Required]
    public string Url { get; set; } = "nats://localhost:4222";

    /// <summary>The stream's name; <c>naq_events</c> by default. One stream holds one subject prefix.</summary>
    [Required]
    [ServerName("naq_events")]
    public string StreamName { get; set; } = "naq_events";

    /// <summary>
    /// Whether each service has a stream of its own, <c>{StreamName}_{service}</c>, rather than all one; off by default. The limits are then each
    /// stream's. Events of other services, or of all, are found and read as if they were in one stream. All services of one subject prefix have
    /// to say the same: a stream for all and one for a service cannot have the same subjects.
    /// </summary>
    public bool StreamPerService { get; set; }

    /// <summary>How long an event is kept; 7 days by default, zero for ever.</summary>
    [DurationRange("00:00:00", "36500.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The most events kept, the oldest go first; 1,000,000 by default, -1 for no limit.</summary>
    [NumberRange(-1, long.MaxValue)]
    public long MaxMessages { get; set; } = 1_000_000;

    /// <summary>The most bytes kept, the oldest events go first; 1 GiB by default, -1 for no limit.</summary>
    [NumberRange(-1, long.MaxValue)]
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long a dead letter is kept; 30 days by default, zero for ever. It is set when the first one comes.</summary>
    [DurationRange("00:00:00", "36500.00:00:00")]
    public TimeSpan DeadLetterMaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long events of a name are kept, where that is shorter than <see cref="MaxAge"/>: wire tokens, such as <c>dequeued</c>, and
    /// <c>*</c> for all that are not named; empty by default. From 1 second, in whole seconds; counted from when an event is stored. It is of events that this
    /// application stores from now on, and needs nats-server 2.11 (per-message TTL, ADR-43): an older one keeps events for
    /// <see cref="MaxAge"/>, or until <see cref="IJobEventStore.CleanupExpiredAsync"/>.
    /// </summary>
    [Retention]
    public IDictionary<string, TimeSpan> Retention { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>
    /// Whether a stream that holds more than <see cref="MaxAge"/>, <see cref="MaxMessages"/> or <see cref="MaxBytes"/> allow is brought
    /// down to them, which removes events for good; off by default. Off, such a limit is left as it is on the server, with a warning that says
    /// how many events it would remove.
    /// </summary>
    public bool AllowDataLoss { get; set; }

    /// <summary>The servers of a cluster that keep a copy: 1 by default, 3 for production clusters, at most 5.</summary>
    [NumberRange(1, 5)]
    public int Replicas { get; set; } = 1;

    /// <summary>How long the server knows an event's id, so as to store it once; 2 minutes by default.</summary>
    [DurationRange("00:00:00.1", "7.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether each event carries its id (<c>Nats-Msg-Id</c>), by which the server stores it once though it is sent again; on by
    /// default. Off, logging is faster, events read back have no id, and those whose acknowledgement was lost, and the neighbours of a refused one, are stored twice.
    /// </summary>
    public bool Deduplicate { get; set; } = true;

    /// <summary>How a logger's events get into the stream; what measured best by default.</summary>
    [EnumDataType(typeof(PublishMode))]
    public PublishMode PublishMode { get; set; } = PublishMode.Auto;

    /// <summary>
    /// Whether the server republishes each event to <c>{prefix}.{environment}.all.{event_type}</c>, for plain subscribers; off by
    /// default, since it takes the server two fifths of its rate of events (docs/decisions/0006). On,
    /// <c>{prefix}.{environment}.&gt;</c> sees each event twice.
    /// </summary>
    public bool Republish { get; set; }

    /// <summary>
    /// Whether <see cref="JobEventStoreJobExtensions.ListJobsAsync"/> reads the view that a <see cref="JobViewProjector"/> keeps, if there is
    /// one, and removals are brought into it; on by default. Off for a user who may not read the bucket <c>{StreamName}_jobs</c>: but one who
    /// removes events then has to have it built again (<see cref="JobViewProjector.RebuildAsync"/>).
    /// </summary>
    public bool UseJobView { get; set; } = true;

    /// <summary>How long to wait for a connection, and for each answer of the server; 5 seconds by default.</summary>
    [DurationRange("00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The options of one service's stream.</summary>
    internal JetStreamOptions Of(string service)
    {
        if (!StreamPerService)
            return this;

        var options = (JetStreamOptions)MemberwiseClone();
        options.StreamName = ServiceStreamDirectory.NameOf(StreamName, service);
        return options;
    }
}
