using System.Collections.ObjectModel;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>
/// Something that happened to a job. Immutable: a changed copy is made with <c>with</c>. Empty strings, objects and dictionaries
/// count as none; timestamps are UTC to the microsecond; a lone surrogate in a text becomes U+FFFD.
/// </summary>
/// <remarks>The limits are in <see cref="JobEventLimits"/>; a constructor or initializer that breaks one throws.</remarks>
public sealed partial record JobEvent
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = ReadOnlyDictionary<string, string>.Empty;

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

    /// <summary>
    /// The event's id, a UUIDv7. It travels as the <c>Nats-Msg-Id</c> header. Empty when the event was read from a message
    /// without such a header, or with one that is not a UUID; <see cref="MessageId"/> then holds the header.
    /// </summary>
    public Guid Id
    {
        get => _id;
        init
        {
            KeepMessageId();
            _id = value;
        }
    }

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
    public string? WorkerId
    {
        get => field ??= _unread.Text(WireMember.WorkerId);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.WorkerId);
        }
    }

    /// <summary>The kind of worker.</summary>
    public string? WorkerType
    {
        get => field ??= _unread.Text(WireMember.WorkerType);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.WorkerType);
        }
    }

    /// <summary>The queue's name.</summary>
    public string? QueueName
    {
        get => field ??= _unread.Text(WireMember.QueueName);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.QueueName);
        }
    }

    /// <summary>The message, for people. At most 16 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? Message
    {
        get => field ??= _unread.Text(WireMember.Message);
        init
        {
            field = JobEventRules.Text(value, JobEventLimits.MessageBytes);
            _unread.Forget(WireMember.Message);
        }
    }

    /// <summary>What is particular to this event, as a JSON object.</summary>
    public JobEventFields Details { get; init; }

    /// <summary>The error's type, such as <c>System.IO.IOException</c>.</summary>
    public string? ErrorType
    {
        get => field ??= _unread.Text(WireMember.ErrorType);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.ErrorType);
        }
    }

    /// <summary>The error's message. At most 16 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? ErrorMessage
    {
        get => field ??= _unread.Text(WireMember.ErrorMessage);
        init
        {
            field = JobEventRules.Text(value, JobEventLimits.ErrorMessageBytes);
            _unread.Forget(WireMember.ErrorMessage);
        }
    }

    /// <summary>How long it took, in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? DurationMs
    {
        get => _unread.TryGetMetric(WireMember.DurationMs, out var number) ? number : field;
        init
        {
            field = JobEventRules.Metric(value);
            _unread.Forget(WireMember.DurationMs);
        }
    }

    /// <summary>The memory used, in mebibytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? MemoryMb
    {
        get => _unread.TryGetMetric(WireMember.MemoryMb, out var number) ? number : field;
        init
        {
            field = JobEventRules.Metric(value);
            _unread.Forget(WireMember.MemoryMb);
        }
    }

    /// <summary>The processor time used, in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? CpuTimeMs
    {
        get => _unread.TryGetMetric(WireMember.CpuTimeMs, out var number) ? number : field;
        init
        {
            field = JobEventRules.Metric(value);
            _unread.Forget(WireMember.CpuTimeMs);
        }
    }

    /// <summary>Labels. Never <see langword="null"/>.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get => field ??= _unread.Tags() ?? NoTags;
        init
        {
            field = JobEventRules.Tags(value) ?? NoTags;
            _unread.Forget(WireMember.Tags);
        }
    }

    /// <summary>What the application adds for itself, as a JSON object.</summary>
    public JobEventFields Metadata { get; init; }

    /// <summary>Which attempt at the job this belongs to, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Attempt { get; init => field = JobEventRules.AttemptNumber(value); }

    /// <summary>The id of one run of one attempt.</summary>
    public string? RunId
    {
        get => field ??= _unread.Text(WireMember.RunId);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.RunId);
        }
    }

    /// <summary>The id of the job that started this one.</summary>
    public string? ParentId
    {
        get => field ??= _unread.Text(WireMember.ParentId);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.ParentId);
        }
    }

    /// <summary>The id of the first job of the chain.</summary>
    public string? RootId
    {
        get => field ??= _unread.Text(WireMember.RootId);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.RootId);
        }
    }

    /// <summary>The id that ties together everything done for one request.</summary>
    public string? CorrelationId
    {
        get => field ??= _unread.Text(WireMember.CorrelationId);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.CorrelationId);
        }
    }

    /// <summary>The error's stack trace. At most 32 KiB.</summary>
    /// <exception cref="ArgumentException">The text is over its limit.</exception>
    public string? ErrorStack
    {
        get => field ??= _unread.Text(WireMember.ErrorStack);
        init
        {
            field = JobEventRules.Text(value, JobEventLimits.ErrorStackBytes);
            _unread.Forget(WireMember.ErrorStack);
        }
    }

    /// <summary>A stable hash of what failed, by which failures are grouped.</summary>
    public string? ErrorFingerprint
    {
        get => field ??= _unread.Text(WireMember.ErrorFingerprint);
        init
        {
            field = JobEventRules.Text(value);
            _unread.Forget(WireMember.ErrorFingerprint);
        }
    }

    /// <summary>The W3C trace context that was current when the event was logged. It travels as the <c>traceparent</c> header.</summary>
    public string? TraceParent { get => _traceParent; init => _traceParent = JobEventRules.Text(value); }

    /// <summary>The <c>Nats-Msg-Id</c> header as it was read; <see langword="null"/> for an event that was not read from a stream.</summary>
    public string? MessageId
    {
        get => field ?? (_hasIdAsHeader ? _id.ToString("D") : null);
        internal set
        {
            field = value;
            _hasIdAsHeader = false;
        }
    }

    /// <summary>The event's sequence in its stream; 0 before it is stored.</summary>
    public ulong Sequence { get; internal set; }

    /// <summary>The environment it was logged in; <see langword="null"/> before it is stored.</summary>
    public string? Environment { get; internal set; }

    /// <summary>The service that logged it; <see langword="null"/> before it is stored.</summary>
    public string? Service { get; internal set; }
}
