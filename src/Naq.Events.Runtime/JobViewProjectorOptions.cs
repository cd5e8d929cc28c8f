using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>How the job view is kept.</summary>
public sealed class JobViewProjectorOptions
{
    /// <summary>
    /// How long the projector that keeps the view may come no further, though there are events, until another takes over; 10 seconds by
    /// default. One that is stopped hands over at once.
    /// </summary>
    [DurationRange("00:00:00.1", "01:00:00")]
    public TimeSpan TakeOverAfter { get; set; } = TimeSpan.FromSeconds(10);
}
