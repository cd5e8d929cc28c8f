namespace Naq.Events;

/// <summary>In what way an event does not fit the state that its job was in.</summary>
public enum JobAnomalyKind
{
    /// <summary>It belongs to an earlier attempt, or before the start of this one: the state was kept.</summary>
    Late = 0,

    /// <summary>It must not follow on this state: the state was kept.</summary>
    Refused = 1,

    /// <summary>It must not follow on this state, but it says what happened: the state follows it.</summary>
    Accepted = 2,
}
