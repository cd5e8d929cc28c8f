using System.Collections.Frozen;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>
/// Something that happened to a job. Immutable: a changed copy is made with <c>with</c>. Empty strings, objects and dictionaries
/// count as none; timestamps are UTC to the microsecond; a lone surrogate in a text becomes U+FFFD.
/// </summary>
/// <remarks>The limits are in <see cref="JobEventLimits"/>; a constructor or initializer that breaks one throws.</remarks>
public sealed partial record JobEvent
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = FrozenDictionary<string, string>.Empty;

    // Fields of their own, since the limits of writers do not bind an event that is read.
    private readonly string? _message;
    private readonly string? _errorMessage;
    private readonly string? _errorStack;

    // Of an event that was read, they come from the message's headers, after its payload.
    private Guid _id;
    private string? _traceParent;

    /// <summary>Makes an event of a standard type, now.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="type">The type; not <see cref="JobEventType.Custom"/>.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The type is not a standard one.</exception>
    public JobEvent(string jobId, JobEventType type)
        : this(jobId, EventNames.TokenOf(type), type)
    {
    }

    /// <summary>Makes an event of the application's own, now.</summary>
    /// <param name="jobId">The job's id, 1 to 256 characters.</param>
    /// <param name="eventName">The wire token: 1 to 64 of <c>a-z</c>, <c>0-9</c> and <c>_</c>.</param>
    /// <exception cref="ArgumentException">The id or the name is not valid.</exception>
    public JobEvent(string jobId, string eventName)
        : this(jobId, JobEventRules.CheckedName(eventName), EventNames.TypeOf(eventName))
    {
    }

    private JobEvent(string jobId, string eventName, JobEventType type)
    {
        JobId = JobEventRules.CheckedJobId(jobId);
        EventName = eventName;
        EventType = type;
        Timestamp = TimeProvider.System.GetUtcNow();
        _id = EventId.Create(Timestamp);
    }

    private JobEvent(in JobEventMembers members)
    {
        JobId = members.JobId!;
        EventName = members.EventName!;
        EventType = EventNames.TypeOf(EventName);
        Timestamp = UnixMicroseconds.ToTimestamp(members.Timestamp!.Value);
        WorkerId = members.WorkerId;
        WorkerType = members.WorkerType;
        QueueName = members.QueueName;
        _message = members.Message;
        Details = members.Details;
        ErrorType = members.ErrorType;
        _errorMessage = members.ErrorMessage;
        DurationMs = members.DurationMs;
        MemoryMb = members.MemoryMb;
        CpuTimeMs = members.CpuTimeMs;
        if (members.Tags is not null)
            Tags = members.Tags;

        Metadata = members.Metadata;
        Attempt = members.Attempt;
        RunId = members.RunId;
        ParentId = members.ParentId;
        RootId = members.RootId;
        CorrelationId = members.CorrelationId;
        _errorStack = members.ErrorStack;
        ErrorFingerprint = members.ErrorFingerprint;
    }

    /// <summary>
    /// The event's id, a UUIDv7. It travels as the <c>Nats-Msg-Id</c> header. Empty when the event was read from a message
    /// without such a header, or with one that is not a UUID; <see cref="MessageId"/> then holds the header.
    /// </summary>
    public Guid Id { get => _id; init => _id = value; }

    /// <summary>The job's id.</summary>
    public string JobId { get; }

    /// <summary>The type; <see cref="JobEventType.Custom"/> for an event of the application's own.</summary>
    public JobEventType EventType { get; }

    /// <summary>The wire token: <c>started</c>, <c>retry_scheduled</c>, <c>payment_captured</c>.</summary>
    public string EventName { get; }

    /// <summary>When it happened: UTC, to the microsecond, from 1970 to 9999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is before 1970.</exception>
    public DateTimeOffset Timestamp
    {
        get;
        init => field = UnixMicroseconds.ToTimestamp(UnixMicroseconds.From(JobEventRules.CheckedTimestamp(value)));
    }

    /// <summary>The worker's id.</summary>
    public string? WorkerId { get; init => field = JobEventRules.Text(value); }

    /// <summary>The kind of worker.</summary>
    public string? WorkerType { get; init => field = JobEventRules.Text(value); }

    /// <summary>The queue's name.</summary>
    public string? QueueName { get; init => field = JobEventRules.Text(value); }

    /// <summary>The message, for people. At most 16 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? Message { get => _message; init => _message = JobEventRules.Text(value, JobEventLimits.MessageBytes); }

    /// <summary>What is particular to this event, as a JSON object.</summary>
    public JobEventFields Details { get; init; }

    /// <summary>The error's type, such as <c>System.IO.IOException</c>.</summary>
    public string? ErrorType { get; init => field = JobEventRules.Text(value); }

    /// <summary>The error's message. At most 16 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? ErrorMessage { get => _errorMessage; init => _errorMessage = JobEventRules.Text(value, JobEventLimits.ErrorMessageBytes); }

    /// <summary>How long it took, in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? DurationMs { get; init => field = JobEventRules.Metric(value); }

    /// <summary>The memory used, in mebibytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? MemoryMb { get; init => field = JobEventRules.Metric(value); }

    /// <summary>The processor time used, in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? CpuTimeMs { get; init => field = JobEventRules.Metric(value); }

    /// <summary>Labels. Never <see langword="null"/>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = JobEventRules.Tags(value) ?? NoTags; } = NoTags;

    /// <summary>What the application adds for itself, as a JSON object.</summary>
    public JobEventFields Metadata { get; init; }

    /// <summary>Which attempt at the job this belongs to, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Attempt { get; init => field = JobEventRules.AttemptNumber(value); }

    /// <summary>The id of one run of one attempt.</summary>
    public string? RunId { get; init => field = JobEventRules.Text(value); }

    /// <summary>The id of the job that started this one.</summary>
    public string? ParentId { get; init => field = JobEventRules.Text(value); }

    /// <summary>The id of the first job of the chain.</summary>
    public string? RootId { get; init => field = JobEventRules.Text(value); }

    /// <summary>The id that ties together everything done for one request.</summary>
    public string? CorrelationId { get; init => field = JobEventRules.Text(value); }

    /// <summary>The error's stack trace. At most 32 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? ErrorStack { get => _errorStack; init => _errorStack = JobEventRules.Text(value, JobEventLimits.ErrorStackBytes); }

    /// <summary>A stable hash of what failed, by which failures are grouped.</summary>
    public string? ErrorFingerprint { get; init => field = JobEventRules.Text(value); }

    /// <summary>The W3C trace context that was current when the event was logged. It travels as the <c>traceparent</c> header.</summary>
    public string? TraceParent { get => _traceParent; init => _traceParent = JobEventRules.Text(value); }

    /// <summary>The <c>Nats-Msg-Id</c> header as it was read; <see langword="null"/> for an event that was not read from a stream.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>The event's sequence in its stream; 0 before it is stored.</summary>
    public ulong Sequence { get; internal set; }

    /// <summary>The environment it was logged in; <see langword="null"/> before it is stored.</summary>
    public string? Environment { get; internal set; }

    /// <summary>The service that logged it; <see langword="null"/> before it is stored.</summary>
    public string? Service { get; internal set; }

    /// <summary>Says where the event is stored. Only for one that nobody else has seen yet.</summary>
    internal void SetStored(ulong sequence, string environment, string service)
    {
        Sequence = sequence;
        Environment = environment;
        Service = service;
    }

    /// <summary>Takes what a message's headers say. Only for an event that nobody else has seen yet.</summary>
    internal void SetHeaders(string? messageId, string? traceParent)
    {
        _id = Guid.TryParseExact(messageId, "D", out var id) ? id : Guid.Empty;
        MessageId = messageId;
        _traceParent = JobEventRules.Text(traceParent);
    }
}
