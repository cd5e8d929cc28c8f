namespace Naq.Events;

/// <summary>A line that is not an event that can be stored.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record JobEventRefusedLine(long Line, string Problem);
