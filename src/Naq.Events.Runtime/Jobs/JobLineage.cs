using Naq.Events.Serialization;

namespace Naq.Events.Jobs;

/// <summary>The members that an event takes over from the scope it is logged in.</summary>
internal sealed class JobLineage
{
    private readonly string _jobId;
    private JobLineage? _started;
    private JobLineage? _related;
    private byte[]? _json;

    private JobLineage(string jobId, int? attempt, string? runId, string? parentId, string? rootId, string? correlationId)
    {
        _jobId = jobId;
        Attempt = attempt;
        RunId = runId;
        ParentId = Given(parentId);
        RootId = Given(rootId);
        CorrelationId = Given(correlationId);
    }

    public int? Attempt { get; }

    public string? RunId { get; }

    public string? ParentId { get; }

    public string? RootId { get; }

    public string? CorrelationId { get; }

    /// <summary>All of it as it stands in an event, made once: <c>,"attempt":1,"run_id":"..."</c> and so on.</summary>
    public ReadOnlySpan<byte> Json => _json ??= Write();

    /// <summary>The text of a member, or <see langword="null"/> when it has none here.</summary>
    public string? TextOf(WireMember member) => member switch
    {
        WireMember.RunId => RunId,
        WireMember.ParentId => ParentId,
        WireMember.RootId => RootId,
        WireMember.CorrelationId => CorrelationId,
        _ => null,
    };

    /// <summary>The lineage of a run, within that of the scope around it.</summary>
    public static JobLineage Of(string jobId, JobRunOptions options, string runId, JobScope? outer)
    {
        var around = outer?.Lineage;
        var parentId = options.ParentId;
        string? rootId;
        if (parentId is null)
        {
            // A job that runs within itself, such as one attempt of several, is not its own parent.
            var isNested = around is not null && around._jobId != jobId;
            parentId = isNested ? around!._jobId : around?.ParentId;
            rootId = around?.RootId ?? (isNested ? around!._jobId : null);
        }
        else
        {
            // Of a parent elsewhere nothing is known, so no root is made up.
            rootId = around is not null && around._jobId == parentId ? around.RootId ?? parentId : null;
        }

        return new JobLineage(
            jobId, options.Attempt, runId, parentId, options.RootId ?? rootId, options.CorrelationId ?? around?.CorrelationId);
    }

    /// <summary>
    /// What an event of another job takes over. The run is none of its own; that the job comes from this one is said only where
    /// the event says that the job comes to be.
    /// </summary>
    public JobLineage? ForOtherJob(ReadOnlySpan<byte> eventName)
    {
        if (eventName.SequenceEqual("enqueued"u8) || eventName.SequenceEqual("scheduled"u8))
            return _started ??= new JobLineage("", attempt: null, runId: null, _jobId, RootId ?? _jobId, CorrelationId);

        return CorrelationId is null
            ? null
            : _related ??= new JobLineage("", attempt: null, runId: null, parentId: null, rootId: null, CorrelationId);
    }

    private byte[] Write()
    {
        var json = Utf8JsonBuffer.Rent();
        if (Attempt is { } attempt)
        {
            json.Raw(WireMembers.Prefix(WireMember.Attempt));
            json.Number(attempt);
        }

        for (var member = WireMember.RunId; member <= WireMember.CorrelationId; member++)
        {
            if (TextOf(member) is not { } text)
                continue;

            json.Raw(WireMembers.Prefix(member));
            json.String(text.AsSpan());
        }

        var written = json.Written.ToArray();
        json.Return();
        return written;
    }

    // An empty text counts as none, everywhere on the wire.
    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
