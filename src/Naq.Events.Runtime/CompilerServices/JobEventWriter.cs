using System.ComponentModel;
using Naq.Events.Jobs;
using Naq.Events.Logging;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>
/// Writes one event's JSON into a buffer of the current thread. Members are written in the order of the methods here; those
/// without a value are left out. For generated code, and for loggers of a test's own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct JobEventWriter
{
    private readonly WireOptions _options;
    private readonly Utf8JsonBuffer _json;
    private readonly JobLineage? _lineage;
    private Exception? _exception;
    private string? _stackTrace;
    private WireMember _next;
    private bool _completed;
    private int _textStart;
    private int _objectStart;
    private WireMember _object = WireMember.Details;
    private Range _details;
    private Range _tags;
    private Range _metadata;

    private JobEventWriter(WireOptions options, string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset timestamp, Guid id)
    {
        _options = options;
        EventName = eventName;
        JobId = jobId ?? "";
        Timestamp = timestamp;
        Id = id;
        Refusal = JobEventRules.ProblemWithJobId(jobId)
            ?? (EventNames.IsValid(eventName) ? null : "The event's name is not 1 to 64 of a-z, 0-9 and '_'.");
        if (options.Strict && Refusal is not null)
            throw new ArgumentException(Refusal, nameof(jobId));

        _lineage = options.TakesFromScope ? AmbientJob.LineageFor(JobId, eventName) : null;
        _json = Utf8JsonBuffer.Rent();
        _json.Raw("{\"version\":\"1.0\",\"job_id\":"u8);
        _json.String(JobId.AsSpan());
        _json.Raw(",\"event_type\":\""u8);
        _json.Raw(eventName);
        _json.Raw("\",\"timestamp\":"u8);
        _json.UnixSeconds(UnixMicroseconds.From(Timestamp));
        _next = WireMember.WorkerId;
    }

    /// <summary>The event's id.</summary>
    public Guid Id { get; }

    /// <summary>The job's id; empty when it was <see langword="null"/>.</summary>
    public string JobId { get; }

    /// <summary>The event's wire token.</summary>
    public ReadOnlySpan<byte> EventName { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Why the event cannot be logged, or <see langword="null"/> when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The JSON written so far; all of it after <see cref="Complete"/>.</summary>
    public readonly ReadOnlySpan<byte> Json => _json.Written;

    /// <summary>Starts an event, outside a logger.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="eventName">The event's wire token.</param>
    /// <param name="timestamp">When it happened; now when <see langword="null"/>.</param>
    public static JobEventWriter Create(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null) =>
        Create(WireOptions.Default, jobId, eventName, timestamp);

    /// <summary>Ends the object, and sees to it that it is not too large. The second call does nothing.</summary>
    /// <exception cref="ArgumentException">The event is too large, and the logger is a strict one.</exception>
    public void Complete()
    {
        if (_completed)
            return;

        _completed = true;
        SkipTo(WireMember.End);
        _json.Byte((byte)'}');
        if (_json.Length > _options.MaxPayloadBytes)
            Shrink();
    }

    /// <summary>Reads back what was written.</summary>
    /// <exception cref="ArgumentException">The event cannot be logged; the message says why.</exception>
    public JobEvent ToJobEvent()
    {
        Complete();
        if (Refusal is not null)
            throw new ArgumentException(Refusal);

        return JobEvent.Parse(Json) with { Id = Id };
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose() => _json?.Return();

    internal static JobEventWriter Create(
        WireOptions options, string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null, Guid? id = null)
    {
        var time = timestamp ?? options.TimeProvider.GetUtcNow();
        if (time < DateTimeOffset.UnixEpoch)
        {
            // Neither the wire nor a UUIDv7 knows a time before.
            time = options.Strict ? JobEventRules.CheckedTimestamp(time) : DateTimeOffset.UnixEpoch;
        }

        return new JobEventWriter(options, jobId, eventName, time, id ?? EventId.Create(time));
    }

    /// <summary>Writes the subject behind the JSON, so that both are copied in one piece.</summary>
    internal readonly WrittenEvent WithSubject(ReadOnlySpan<byte> prefix, string? traceParent)
    {
        var payloadLength = _json.Length;
        _json.Raw(prefix);
        JobEventSubject.WriteJobId(_json, JobId);
        _json.Byte((byte)'.');
        _json.Raw(EventName);
        return new WrittenEvent(_json.Written, payloadLength, Id, traceParent);
    }

    private void Member(WireMember member)
    {
        SkipTo(member);
        _json.Raw(WireMembers.Prefix(member));
        _next = member + 1;
    }

    // What the caller has not written comes from the scope and the exception, or is written as none.
    private void SkipTo(WireMember member)
    {
        if (_options.WriteAllMembers)
        {
            for (; _next < member; _next++)
            {
                if (!TakeOver(_next))
                {
                    _json.Raw(WireMembers.Prefix(_next));
                    _json.Raw(WireMembers.None(_next));
                }
            }
        }
        else if (_lineage is not null || _exception is not null)
        {
            TakeOverLineage(member);
            for (; _next < member; _next++)
                _ = TakeOver(_next);
        }
    }

    private readonly void ThrowIfStrict(string problem)
    {
        if (_options.Strict)
            throw new ArgumentException(problem);
    }
}
