namespace Naq.Events.Storage;

/// <summary>A store that keeps events in several streams.</summary>
internal interface ISpanningStore
{
    /// <summary>Whether a filter may mean events of several streams, whose sequences cannot be compared.</summary>
    bool Spans(JobEventFilter filter);
}
