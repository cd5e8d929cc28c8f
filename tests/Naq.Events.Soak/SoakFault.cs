namespace Naq.Events.Soak;

/// <summary>Something that goes wrong, and is well again when its task ends.</summary>
/// <param name="Name">What, for the report.</param>
/// <param name="InflictAsync">Does it.</param>
/// <param name="MayOverlap">Whether another may go wrong meanwhile; not where a promise is for good order, or the two could meet at one process.</param>
internal sealed record SoakFault(string Name, Func<Random, Task> InflictAsync, bool MayOverlap = true);
