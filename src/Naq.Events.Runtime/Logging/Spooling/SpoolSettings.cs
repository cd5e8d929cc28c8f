using Microsoft.Extensions.Logging;

namespace Naq.Events.Logging.Spooling;

/// <summary>What a spool needs.</summary>
internal sealed record SpoolSettings
{
    /// <summary>The directory of the spools of this service.</summary>
    public required string Directory { get; init; }

    /// <summary>The most bytes of all its segments together.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>The bytes of each segment; never more than a quarter of <see cref="MaxBytes"/>.</summary>
    public required int SegmentBytes { get; init; }

    /// <summary>Whether a full spool drops its oldest segment that was not begun, rather than what comes.</summary>
    public bool DropsOldest { get; init; }

    /// <summary>How often what was written is forced to the disk.</summary>
    public TimeSpan? FlushInterval { get; init; }

    /// <summary>The lock of the spool's owner, who holds it in each call.</summary>
    public required Lock Gate { get; init; }

    /// <summary>Told of events that were dropped from the spool.</summary>
    public required Action<Guid[]> OnDropped { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>The bytes of a segment, as they are used.</summary>
    public int UsedSegmentBytes => (int)Math.Min(SegmentBytes, MaxBytes / 4) & ~7;

    public int MaxSegments => (int)(MaxBytes / UsedSegmentBytes);
}
