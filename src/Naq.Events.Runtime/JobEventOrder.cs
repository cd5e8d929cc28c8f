namespace Naq.Events;

/// <summary>The order in which events are read.</summary>
public enum JobEventOrder
{
    /// <summary>As they were stored.</summary>
    OldestFirst,

    /// <summary>The last stored first.</summary>
    NewestFirst,
}
