using Naq.Events.CompilerServices;
using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>A logger that throws does not change what becomes of a job, and is not passed over in silence.</summary>
public sealed class FailingLoggerTests
{
    [Fact]
    public async Task The_job_completes_and_returns_its_value()
    {
        var log = new RecordedLog();
        var options = new JobRunOptions { Logger = log, HeartbeatInterval = TimeSpan.FromTicks(1), BeatsByHand = true };
        var result = await new ThrowingLogger().RunJobAsync("job", options, async (job, _) =>
        {
            await Task.Yield();
            job.Beat();
            job.Progress(1, 2);
            return 42;
        });
        Assert.Equal(42, result);
        Assert.Equal(["started", "heartbeat", "progress", "completed"], log.Of(200).Select(static line => line.Split('\'')[1]));
        Assert.All(log.Of(200), line => Assert.Contains("job job is missing", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_job_fails_with_its_own_error()
    {
        var error = new IOException();
        var log = new RecordedLog();
        Assert.Same(error, await Record.ExceptionAsync(() => new ThrowingLogger().RunJobAsync(
            "job", new JobRunOptions { Logger = log }, (_, _) => Task.FromException(error))));
        Assert.Equal(2, log.Of(200).Count);
    }

    [Fact]
    public async Task Nobody_to_tell_changes_nothing()
    {
        Assert.Equal(1, await new ThrowingLogger().RunJobAsync("job", (_, _) => Task.FromResult(1)));
        Assert.Equal(1, new ThrowingLogger().RunJob("job", new JobRunOptions { Logger = new ThrowingLog() }, (_, _) => 1));
    }

    [Fact]
    public async Task A_strict_logger_is_such_a_logger_too()
    {
        await using var test = new LoggerUnderTest(new RecordingStore(), options => options.Strict = true);
        Assert.Equal(1, test.Logger.RunJob(new string('x', 300), (_, _) => 1));
        Assert.Equal(2, test.Log.Of(200).Count);
    }

    [Fact]
    public async Task A_disposed_logger_is_no_trouble()
    {
        var test = new LoggerUnderTest(new RecordingStore());
        await test.DisposeAsync();
        Assert.Equal(1, test.Logger.RunJob("job", (_, _) => 1));
    }

    private sealed class ThrowingLog : Microsoft.Extensions.Logging.ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException();

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => throw new InvalidOperationException();

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state,
            Exception? exception, Func<TState, Exception?, string> formatter) => throw new InvalidOperationException();
    }

    private sealed class ThrowingLogger : IJobEventLogger
    {
        public void Log(JobEvent jobEvent) => throw new InvalidOperationException();

        public ValueTask LogAsync(JobEvent jobEvent, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public FlushResult Flush(TimeSpan timeout) => throw new InvalidOperationException();

        public JobEventWriter BeginEvent(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null) =>
            throw new InvalidOperationException();

        public void Log(ref JobEventWriter writer) => throw new InvalidOperationException();

        public ValueTask LogAsync(ref JobEventWriter writer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();
    }
}
