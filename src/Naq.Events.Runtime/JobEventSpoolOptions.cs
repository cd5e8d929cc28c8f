using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>
/// Where and how events are spooled under <see cref="JobEventOverflow.Spool"/>. What a log call has accepted survives the end of the
/// process, however that comes; a loss of power takes what the operating system had not written to the disk.
/// </summary>
public sealed class JobEventSpoolOptions
{
    /// <summary>
    /// The directory, which is created where it is missing. It must be set, and should outlive the process: on a volume, for a
    /// container. Several processes and services may share it; each has a place of its own there, which the next one takes over.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>The most bytes on disk, for each process; 1 GiB by default, 16 MiB to 64 GiB.</summary>
    [NumberRange(16L * 1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// The bytes of one file; 16 MiB by default, 4 MiB to 1 GiB, and never more than a quarter of <see cref="MaxBytes"/>. A file is
    /// removed when all its events are acknowledged.
    /// </summary>
    [NumberRange(4L * 1024 * 1024, 1024L * 1024 * 1024)]
    public int SegmentBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// What is lost when the spool is full: the oldest file that was not begun, with all its events (<see cref="JobEventOverflow.DropOldest"/>,
    /// the default), or what is logged (<see cref="JobEventOverflow.DropNewest"/>). When the disk fails, events are kept in memory, and
    /// this is what happens when the buffer is full.
    /// </summary>
    [OverflowPolicy(JobEventOverflow.DropOldest, JobEventOverflow.DropNewest)]
    public JobEventOverflow WhenFull { get; set; } = JobEventOverflow.DropOldest;

    /// <summary>
    /// How often what was written is forced to the disk, against a loss of power, in the background; 10 ms to 1 hour. Never by default:
    /// the operating system then writes it within half a minute or so.
    /// </summary>
    [DurationRange("00:00:00.010", "01:00:00")]
    public TimeSpan? FlushInterval { get; set; }
}
