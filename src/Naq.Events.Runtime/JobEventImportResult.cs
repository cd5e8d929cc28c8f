namespace Naq.Events;

/// <summary>What an import did.</summary>
/// <param name="Progress">How far it came, and how much that was.</param>
/// <param name="RefusedLines">The lines that were refused, the first <see cref="JobEventImportOptions.MaxRefusedLines"/> of them.</param>
public sealed record JobEventImportResult(JobEventImportProgress Progress, IReadOnlyList<JobEventRefusedLine> RefusedLines);
