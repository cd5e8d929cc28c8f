namespace Naq.Events;

/// <summary>Which events a processor handles one after the other.</summary>
public enum JobEventOrdering
{
    /// <summary>Those of one job, within one process; different jobs at the same time.</summary>
    PerJob,

    /// <summary>None: those of one job at the same time too. For handlers that do not care, and jobs with very many events.</summary>
    None,
}
