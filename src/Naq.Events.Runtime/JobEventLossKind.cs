namespace Naq.Events;

/// <summary>Why events did not reach the store.</summary>
public enum JobEventLossKind
{
    /// <summary>The buffer was full.</summary>
    Overflow = 0,

    /// <summary>The log call's data cannot be an event: no usable job id, or too large even without its details.</summary>
    Refused = 1,

    /// <summary>The store refused it in every attempt.</summary>
    Rejected = 2,

    /// <summary>The logger was disposed before the store acknowledged it; it may be stored all the same.</summary>
    Abandoned = 3,
}
