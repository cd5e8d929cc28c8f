namespace Naq.Events;

/// <summary>How events are imported.</summary>
public sealed record JobEventImportOptions
{
    /// <summary>The compression; when <see langword="null"/>, the default, gzip is recognized, and anything else is read as it is.</summary>
    public JobEventCompression? Compression { get; init; }

    /// <summary>The line to go on after: <see cref="JobEventImportProgress.LastLine"/> of an earlier import; 0, the default, means from the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long AfterLine
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(AfterLine));
            field = value;
        }
    }

    /// <summary>The most events stored at once; 500 by default. Progress is reported after each batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 500;

    /// <summary>Whether the import ends at the first line that is refused; off by default: such lines are reported and passed over.</summary>
    public bool StopOnRefusedLine { get; init; }

    /// <summary>
    /// Whether events of another environment or service are taken too, and stored under those of the importing store; off by default.
    /// A store that does not tell its environment and service takes nothing without it.
    /// </summary>
    public bool AllowOtherOrigin { get; init; }

    /// <summary>The most refused lines in <see cref="JobEventImportResult.RefusedLines"/>; 1,000 by default. All are counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRefusedLines
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxRefusedLines));
            field = value;
        }
    } = 1_000;
}
