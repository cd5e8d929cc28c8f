namespace Naq.Events.Serialization;

/// <summary>How deep values may be: <see cref="JobEventLimits.JsonDepth"/> less what stands around them.</summary>
internal static class PayloadLimits
{
    /// <summary>Within an event's own object and its details.</summary>
    public const int LevelsInDetails = JobEventLimits.JsonDepth - 2;

    /// <summary>Without anything around, as System.Text.Json has it by default.</summary>
    public const int Levels = 64;
}
