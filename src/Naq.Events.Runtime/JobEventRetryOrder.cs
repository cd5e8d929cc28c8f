namespace Naq.Events;

/// <summary>What happens to the later events of a job while one of its events waits for its next try.</summary>
public enum JobEventRetryOrder
{
    /// <summary>They wait behind it: the events of a job are handled in order, through failures too.</summary>
    BlockJob,

    /// <summary>They are handled meanwhile, so before it.</summary>
    Continue,
}
