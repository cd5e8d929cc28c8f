namespace Naq.Events.Serialization;

/// <summary>The names of the members on the wire.</summary>
internal static class WireMembers
{
    /// <summary>The member's name with what stands around it: <c>,"worker_id":</c>.</summary>
    public static ReadOnlySpan<byte> Prefix(WireMember member) => member switch
    {
        WireMember.WorkerId => ",\"worker_id\":"u8,
        WireMember.WorkerType => ",\"worker_type\":"u8,
        WireMember.QueueName => ",\"queue_name\":"u8,
        WireMember.Message => ",\"message\":"u8,
        WireMember.Details => ",\"details\":"u8,
        WireMember.ErrorType => ",\"error_type\":"u8,
        WireMember.ErrorMessage => ",\"error_message\":"u8,
        WireMember.DurationMs => ",\"duration_ms\":"u8,
        WireMember.MemoryMb => ",\"memory_mb\":"u8,
        WireMember.CpuTimeMs => ",\"cpu_time_ms\":"u8,
        WireMember.Tags => ",\"tags\":"u8,
        WireMember.Metadata => ",\"metadata\":"u8,
        WireMember.Attempt => ",\"attempt\":"u8,
        WireMember.RunId => ",\"run_id\":"u8,
        WireMember.ParentId => ",\"parent_id\":"u8,
        WireMember.RootId => ",\"root_id\":"u8,
        WireMember.CorrelationId => ",\"correlation_id\":"u8,
        WireMember.ErrorStack => ",\"error_stack\":"u8,
        WireMember.ErrorFingerprint => ",\"error_fingerprint\":"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "This member is written with the event's head."),
    };

    /// <summary>What stands for a member that has no value, where every member is written.</summary>
    public static ReadOnlySpan<byte> None(WireMember member) =>
        member is WireMember.Details or WireMember.Tags or WireMember.Metadata ? "{}"u8 : "null"u8;

    /// <summary>The member of that name; <see cref="WireMember.Unknown"/> when it is not one of the format's.</summary>
    public static WireMember Find(ReadOnlySpan<byte> name)
    {
        var member = name.Length switch
        {
            4 => WireMember.Tags,
            6 => name[0] == 'j' ? WireMember.JobId : WireMember.RunId,
            7 => name[0] switch
            {
                (byte)'v' => WireMember.Version,
                (byte)'m' => WireMember.Message,
                (byte)'d' => WireMember.Details,
                (byte)'a' => WireMember.Attempt,
                _ => WireMember.RootId,
            },
            8 => WireMember.Metadata,
            9 => name[0] switch
            {
                (byte)'t' => WireMember.Timestamp,
                (byte)'w' => WireMember.WorkerId,
                (byte)'m' => WireMember.MemoryMb,
                _ => WireMember.ParentId,
            },
            10 => name[0] == 'q' ? WireMember.QueueName : name[1] == 'v' ? WireMember.EventType : WireMember.ErrorType,
            11 => name[0] switch
            {
                (byte)'w' => WireMember.WorkerType,
                (byte)'d' => WireMember.DurationMs,
                (byte)'c' => WireMember.CpuTimeMs,
                _ => WireMember.ErrorStack,
            },
            13 => WireMember.ErrorMessage,
            14 => WireMember.CorrelationId,
            17 => WireMember.ErrorFingerprint,
            _ => WireMember.Unknown,
        };
        return member != WireMember.Unknown && name.SequenceEqual(Name(member)) ? member : WireMember.Unknown;
    }

    // Of the others, it stands between the comma and quote before, and the quote and colon after.
    private static ReadOnlySpan<byte> Name(WireMember member) => member switch
    {
        WireMember.Version => "version"u8,
        WireMember.JobId => "job_id"u8,
        WireMember.EventType => "event_type"u8,
        WireMember.Timestamp => "timestamp"u8,
        _ => Prefix(member)[2..^2],
    };
}
