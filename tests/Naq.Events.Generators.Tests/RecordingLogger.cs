using Naq.Events.CompilerServices;

namespace Naq.Events.Generators.Tests;

/// <summary>Keeps what generated methods log.</summary>
public sealed class RecordingLogger : IJobEventLogger
{
    public List<JobEvent> Events { get; } = [];

    public List<string> Json { get; } = [];

    public CancellationToken CancellationToken { get; private set; }

    public JobEvent OnlyEvent => Assert.Single(Events);

    public void Log(JobEvent jobEvent) => Events.Add(jobEvent);

    public ValueTask LogAsync(JobEvent jobEvent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public FlushResult Flush(TimeSpan timeout) => throw new NotSupportedException();

    public JobEventWriter BeginEvent(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null) =>
        JobEventWriter.Create(jobId, eventName, timestamp);

    public void Log(ref JobEventWriter writer)
    {
        Events.Add(writer.ToJobEvent());
        Json.Add(System.Text.Encoding.UTF8.GetString(writer.Json));
    }

    public ValueTask LogAsync(ref JobEventWriter writer, CancellationToken cancellationToken = default)
    {
        CancellationToken = cancellationToken;
        Log(ref writer);
        return ValueTask.CompletedTask;
    }
}
