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
        if (name.SequenceEqual("version"u8))
            return WireMember.Version;

        if (name.SequenceEqual("job_id"u8))
            return WireMember.JobId;

        if (name.SequenceEqual("event_type"u8))
            return WireMember.EventType;

        if (name.SequenceEqual("timestamp"u8))
            return WireMember.Timestamp;

        for (var member = WireMember.WorkerId; member < WireMember.End; member++)
        {
            // Between the comma and quote before, and the quote and colon after.
            if (Prefix(member)[2..^2].SequenceEqual(name))
                return member;
        }

        return WireMember.Unknown;
    }
}
