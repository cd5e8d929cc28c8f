namespace Naq.Events.Runtime.Tests.Logging;

public sealed class StrictTests
{
    [Fact]
    public async Task A_strict_logger_throws_what_another_would_mend_and_goes_on()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store, static options => options.Strict = true);
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Write(null));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Write(new string('x', 257)));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Write("job", new string('x', 2_000_000)));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Write("job", timestamp: default(DateTimeOffset)));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Logger.LogJobCompleted("job", "w1", double.NaN));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Logger.LogJobStarted("job", "w1", "async", attempt: 0));
        _ = Assert.ThrowsAny<ArgumentException>(() =>
            test.Logger.LogJobFailed("job", "w1", new InvalidOperationException(new string('x', 20_000)), 1));
        _ = Assert.ThrowsAny<ArgumentException>(() => test.Logger.Log(
            new JobEvent("job", JobEventType.Started) { Details = JobEventFields.Parse($$"""{"x":"{{new string('x', 1_048_500)}}"}""") }));
        var id = test.Write("job");
        Assert.True((await test.Logger.FlushAsync()).Completed);
        Assert.Equal([id], store.Ids);
    }
}
