namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>Says which job's event has come.</summary>
internal sealed partial class TimedHandlers(Action<string> handled)
{
    [OnJobEvent(JobEventType.Completed)]
    public void OnShipped(string jobId) => handled(jobId);
}
