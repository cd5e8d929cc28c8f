using Microsoft.Extensions.Time.Testing;
using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>A logger, a clock that the test moves for its jobs, and what was stored.</summary>
internal sealed class JobsUnderTest : IAsyncDisposable
{
    private readonly RecordingStore _store = new();
    private readonly LoggerUnderTest _test;

    public JobsUnderTest()
    {
        _test = new LoggerUnderTest(_store);
        Options = new JobRunOptions { TimeProvider = Clock };
    }

    public JobEventLogger Logger => _test.Logger;

    public RecordedLog Log => _test.Log;

    public IReadOnlyList<JobEventLoss> Losses => _test.Losses;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public JobRunOptions Options { get; }

    public async Task<IReadOnlyList<JobEvent>> StoredAsync()
    {
        Assert.True((await Logger.FlushAsync()).Completed);
        return _store.Events;
    }

    public async Task<IReadOnlyList<string>> NamesAsync() => [.. (await StoredAsync()).Select(static stored => stored.EventName)];

    public async Task<JobEvent> OnlyAsync(string eventName) =>
        Assert.Single(await StoredAsync(), stored => stored.EventName == eventName);

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
