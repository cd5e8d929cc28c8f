namespace Naq.Events.JetStream;

/// <summary>A value of a bucket, and what a write in its place must name.</summary>
/// <param name="Revision">Its sequence in the bucket; 0 when there is none.</param>
/// <param name="Value">The value.</param>
internal readonly record struct Revised<T>(ulong Revision, T? Value)
    where T : class;
