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
    /// take over, at once when it stops and within a minute when it dies. <see cref="JobEventProcessorOptions.Shares"/> divides the jobs, so that all of them work.
    /// </summary>
    PerJobAcrossInstances,

    /// <summary>Those of one worker (<see cref="JobEvent.WorkerId"/>), of whichever jobs, within one process; an event without a worker stands in the order of its job.</summary>
    PerWorker,

    /// <summary>Those of one queue (<see cref="JobEvent.QueueName"/>), of whichever jobs, within one process; an event without a queue stands in the order of its job.</summary>
    PerQueue,

    /// <summary>
    /// Those with one value of the detail, tag or metadata entry that <see cref="JobEventProcessorOptions.OrderingKey"/> names, of whichever jobs, within one
    /// process; an event without one stands in the order of its job.
    /// </summary>
    PerKey,
}
