using Naq.Events.CompilerServices;
using Naq.Events.Serialization;

namespace Naq.Events.Benchmarks.Micro;

/// <summary>Writes events with their subjects, and forgets them.</summary>
internal sealed class WritingLogger : IJobEventLogger
{
    private static readonly byte[] SubjectPrefix = "naq.events.dev.bench."u8.ToArray();

    private readonly WireOptions _options = new() { TakesFromScope = true };

    public void Log(JobEvent jobEvent) => throw new NotSupportedException();

    public ValueTask LogAsync(JobEvent jobEvent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public FlushResult Flush(TimeSpan timeout) => throw new NotSupportedException();

    public JobEventWriter BeginEvent(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null) =>
        JobEventWriter.Create(_options, jobId, eventName, timestamp);

    public void Log(ref JobEventWriter writer)
    {
        writer.Complete();
        _ = writer.WithSubject(SubjectPrefix, traceParent: null);
    }

    public ValueTask LogAsync(ref JobEventWriter writer, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
