namespace Naq.Events;

/// <summary>How the job view of a stream is.</summary>
/// <param name="Sequence">Every event up to this one is in the view; 0 when there is none.</param>
/// <param name="Behind">How many events, at most, are not in the view yet.</param>
/// <param name="IsUsed">Whether lists of jobs are read from it: it is there, of this stream, and at most 50,000 events behind.</param>
public sealed record JobViewStatus(ulong Sequence, long Behind, bool IsUsed);
