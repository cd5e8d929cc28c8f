using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>An append that fails in part says which events are stored.</summary>
public sealed class AppendFailureTests : OwnServerTests
{
    [Fact]
    public async Task Each_refused_event_is_named_with_the_reason_and_the_others_are_stored()
    {
        _ = await Stream.JetStream.CreateStreamAsync(new StreamConfig(Stream.Name, [$"{Stream.Prefix}.*.*.*.*"]) { MaxMsgSize = 2_000 }, Token);
        await using var store = Stream.Store();
        var events = Enumerable.Range(0, 20)
            .Select(number => new JobEvent("job", JobEventType.Started)
            {
                Id = Guid.CreateVersion7(),
                Message = $"{number}",
                Details = JobEventFields.Parse($$"""{"text": "{{new string('x', number is 3 or 11 ? 3_000 : 10)}}"}"""),
            })
            .ToArray();

        var refusal = await Assert.ThrowsAsync<JobEventAppendException>(() => store.AppendAsync(events, Token).AsTask());

        Assert.Equal([3, 11], refusal.Failures.Select(failure => failure.Index));
        Assert.Equal([events[3].Id, events[11].Id], refusal.Failures.Select(failure => failure.Id));
        Assert.All(refusal.Failures, failure => Assert.Contains("exceeds maximum", failure.Reason, StringComparison.Ordinal));
        Assert.All(refusal.Failures, failure => Assert.False(failure.MayBeStored));
        Assert.Contains("18 are stored", refusal.Message, StringComparison.Ordinal);
        var stored = await store.GetByJobAsync("job", cancellationToken: Token).Select(jobEvent => jobEvent.Id).ToArrayAsync(Token);
        Assert.Equal(events.Select(jobEvent => jobEvent.Id).Except([events[3].Id, events[11].Id]), stored);
    }

    [Fact]
    public async Task Events_without_an_answer_may_be_stored()
    {
        await using var store = Stream.Store(configure: options => options.Timeout = TimeSpan.FromMilliseconds(500));
        await store.AppendAsync(new JobEvent("job", JobEventType.Started), Token);
        Server.Suspend();

        var silence = await Assert.ThrowsAsync<JobEventAppendException>(() => store.AppendAsync(
            [new JobEvent("job", JobEventType.Completed), new JobEvent("job", JobEventType.Failed)], Token).AsTask());
        Server.Resume();

        Assert.Equal([0, 1], silence.Failures.Select(failure => failure.Index));
        Assert.All(silence.Failures, failure => Assert.True(failure.MayBeStored));
    }
}
