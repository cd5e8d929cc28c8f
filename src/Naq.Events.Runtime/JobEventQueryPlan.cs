namespace Naq.Events;

/// <summary>How a store would answer a query.</summary>
/// <param name="Road">How the events are reached.</param>
/// <param name="Subjects">The subjects that are read; of several, none covers another.</param>
/// <param name="EventsRead">How many events would be read to find those that match.</param>
/// <param name="EventsStored">How many events the store holds.</param>
public sealed record JobEventQueryPlan(JobEventQueryRoad Road, IReadOnlyList<string> Subjects, long EventsRead, long EventsStored)
{
    /// <summary>Whether every event of the store would be read, though not all are asked for.</summary>
    public bool ScansAll { get; init; }

    /// <summary>The parts of the filter that are compared event by event, by their names on the wire; the rest narrows what is read.</summary>
    public IReadOnlyList<string> ComparedByReading { get; init; } = [];

    /// <summary>The plan in a sentence.</summary>
    public override string ToString()
    {
        var compared = ComparedByReading.Count == 0 ? "" : $", and compares {string.Join(", ", ComparedByReading)} of each";
        var scan = ScansAll ? " It scans the whole store: narrow it by job, event type, service or time if you can." : "";
        return $"{Road}: reads {EventsRead} of {EventsStored} events under {string.Join(" and ", Subjects)}{compared}.{scan}";
    }
}
