namespace Naq.Events.Docs.Tests.Snippets;

/// <summary>What the page on the watchdog shows.</summary>
public sealed partial class StalledHandlers
{
    [OnJobEvent("stalled")]
    public void OnStalled(string jobId, string? workerId, int? attempt, DateTimeOffset lastBeatAt) =>
        Console.WriteLine($"{jobId}, attempt {attempt}: nothing from {workerId} since {lastBeatAt:t}");
}
