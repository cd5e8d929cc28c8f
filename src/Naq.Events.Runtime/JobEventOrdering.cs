namespace Naq.Events;

/// <summary>Which events a processor handles one after the other.</summary>
public enum JobEventOrdering
{
    /// <summary>Those of one job, within one process; different jobs at the same time.</summary>
    PerJob,

    /// <summary>None: those of one job at the same time too. For handlers that do not care, and jobs with very many events.</summary>
    None,

    /// <summary>
    /// Those of one job, over all processes of a durable name: one of them handles events, as many jobs at the same time as it may, and the others stand by to
    /// take over, at once when it stops and within a minute when it dies.
    /// </summary>
    PerJobAcrossInstances,
}
