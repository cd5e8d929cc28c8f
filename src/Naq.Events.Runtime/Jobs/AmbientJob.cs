namespace Naq.Events.Jobs;

/// <summary>The scope that flows with the code which runs in it, disposed or not.</summary>
internal static class AmbientJob
{
    // Told of each switch, a meter counts what threads do for the job and nothing of what they do beside it.
    private static readonly AsyncLocal<JobScope?> Flowing = new(static change => JobMeter.SwitchTo(change.CurrentValue?.Meter));

    public static JobScope? Value
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>What an event takes over from the scope it is logged in, or <see langword="null"/>.</summary>
    public static JobLineage? LineageFor(string jobId, ReadOnlySpan<byte> eventName) =>
        Flowing.Value?.LineageFor(jobId, eventName);
}
