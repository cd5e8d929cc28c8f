namespace Naq.Events;

/// <summary>How a watchdog is.</summary>
/// <param name="IsActive">Whether it is the one that says that jobs have stalled; the others of its service stand by.</param>
/// <param name="IsCaughtUp">Whether it has read all that is stored. Until then it takes no job for stalled.</param>
/// <param name="Jobs">The jobs that run and beat.</param>
/// <param name="SinceCheck">How long ago it last looked at them.</param>
public sealed record JobWatchdogStatus(bool IsActive, bool IsCaughtUp, int Jobs, TimeSpan SinceCheck);
