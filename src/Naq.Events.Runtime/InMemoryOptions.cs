using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>How much the embedded store keeps. The defaults are those of the stream.</summary>
public sealed class InMemoryOptions
{
    /// <summary>How long an event is kept; 7 days by default, zero for ever.</summary>
    [DurationRange("00:00:00", "36500.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The most events kept, the oldest go first; 1,000,000 by default.</summary>
    [NumberRange(1, int.MaxValue)]
    public int MaxMessages { get; set; } = 1_000_000;

    /// <summary>
    /// How long events of a name are kept, where that is shorter than <see cref="MaxAge"/>: wire tokens, such as <c>dequeued</c>, and
    /// <c>*</c> for all that are not named; empty by default. From 1 second; counted from when an event is stored.
    /// </summary>
    [Retention]
    public IDictionary<string, TimeSpan> Retention { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>How long an event's id is known, so as to store it once; 2 minutes by default.</summary>
    [DurationRange("00:00:00", "7.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(2);
}
