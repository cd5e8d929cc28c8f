namespace Naq.Events;

/// <summary>How the wait grows from one try of an event to the next.</summary>
public enum JobEventBackoff
{
    /// <summary>It doubles.</summary>
    Exponential,

    /// <summary>It grows by the first wait each time.</summary>
    Linear,

    /// <summary>It stays the same.</summary>
    Constant,
}
