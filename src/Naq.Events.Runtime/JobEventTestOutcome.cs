namespace Naq.Events;

/// <summary>What became of an event in a <see cref="JobEventTestHarness"/>.</summary>
public enum JobEventTestOutcome
{
    /// <summary>Every handler is done with it.</summary>
    Handled = 0,

    /// <summary>A handler failed, or asked for another try: it waits for that.</summary>
    Retried = 1,

    /// <summary>It was given up.</summary>
    DeadLettered = 2,
}
