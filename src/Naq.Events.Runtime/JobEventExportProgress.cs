namespace Naq.Events;

/// <summary>How far an export is. What it tells has been given to the destination: an export can go on after it.</summary>
/// <param name="Events">How many events were written.</param>
/// <param name="Bytes">How many bytes their lines have, before compression.</param>
/// <param name="LastSequence">The sequence of the last one; where the export began when there was none.</param>
public readonly record struct JobEventExportProgress(long Events, long Bytes, ulong LastSequence);
