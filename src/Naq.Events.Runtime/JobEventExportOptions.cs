namespace Naq.Events;

/// <summary>How events are exported.</summary>
public sealed record JobEventExportOptions
{
    /// <summary>The compression; none by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public JobEventCompression Compression
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Compression), value, "Not a compression: use None, Gzip or Brotli.");
    }

    /// <summary>
    /// The sequence to go on after: <see cref="JobEventExportProgress.LastSequence"/> of an earlier export of the same stream. 0, the
    /// default, means from the beginning.
    /// </summary>
    public ulong AfterSequence { get; init; }

    /// <summary>How many events are exported between two reports of progress; 10,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int ProgressInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(ProgressInterval));
            field = value;
        }
    } = 10_000;
}
