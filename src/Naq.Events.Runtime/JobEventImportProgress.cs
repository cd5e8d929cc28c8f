namespace Naq.Events;

/// <summary>How far an import is: every line up to the last one is stored or refused.</summary>
/// <param name="LastLine">The number of the last line, from 1; where the import began when there was none.</param>
/// <param name="Events">How many events the store took, those among them that it held already.</param>
/// <param name="Refused">How many lines were refused.</param>
/// <param name="Bytes">How many bytes were read, after decompression.</param>
public readonly record struct JobEventImportProgress(long LastLine, long Events, long Refused, long Bytes);
