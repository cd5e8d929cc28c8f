namespace Naq.Events.Benchmarks.Scale;

/// <summary>Is for every event, and does next to nothing.</summary>
internal sealed partial class EveryEventHandlers(Action handled)
{
    [OnJobEvent]
    public void OnEvent() => handled();
}
