namespace Naq.Events;

/// <summary>How a store reaches events.</summary>
public enum JobEventQueryRoad
{
    /// <summary>In this process's memory.</summary>
    Memory,

    /// <summary>By the subjects of one job, each of its events alone: direct gets (ADR-31), or a consumer on servers before 2.11.</summary>
    ByJob,

    /// <summary>By a consumer that reads all that is stored under the subjects.</summary>
    BySubject,
}
