using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Tests;

public sealed class QueryTests : OwnServerTests
{
    [Fact]
    public async Task Foreign_messages_are_passed_over_by_queries_in_both_orders()
    {
        await using var store = Stream.Store();
        await store.AppendAsync([new JobEvent("job", "started") { QueueName = "mail" }], Token);
        await PublishAsync("job.started", "not json, but mail");
        await PublishAsync("job.started", """{"job_id":"another","event_type":"started","timestamp":1700000000,"queue_name":"mail"}""");
        await PublishAsync("job.started", """{"job_id":"job","event_type":"started","timestamp":1700000000, "queue_name" : "ma\u0069l"}""");
        await PublishAsync("job.started", """{"job_id":"job","event_type":"started","timestamp":1700000000,"queue_name":"print"}""");
        var mail = JobEventFilter.All.InQueue("mail");

        Assert.Equal([1UL, 4UL], await SequencesAsync(store, mail, JobEventOrder.OldestFirst));
        Assert.Equal(2, store.SkippedMessages);
        Assert.Equal([4UL, 1UL], await SequencesAsync(store, mail, JobEventOrder.NewestFirst));
        Assert.Equal([1UL, 4UL], await SequencesAsync(store, mail.OfJob("job"), JobEventOrder.OldestFirst));
        Assert.Equal(2, await store.CountAsync(mail, Token));
    }

    [Fact]
    public async Task A_job_of_many_events_and_types_is_read_in_order()
    {
        await using var store = Stream.Store();
        await store.AppendAsync(
            [.. Enumerable.Range(0, 990).Select(number => new JobEvent("job", $"step_{number % 7}") { Message = $"{number}" })], Token);
        Assert.Equal(Enumerable.Range(0, 990), await NumbersAsync(store));

        await store.AppendAsync(
            [.. Enumerable.Range(990, 2_000).Select(number => new JobEvent("job", $"step_{number % 7}") { Message = $"{number}" })], Token);
        Assert.Equal(Enumerable.Range(0, 2_990), await NumbersAsync(store));

        await store.AppendAsync(
            [.. Enumerable.Range(0, 300).Select(number => new JobEvent("many-types", $"step_{number}") { Message = $"{number}" })], Token);
        Assert.Equal(Enumerable.Range(0, 300), await NumbersAsync(store, "many-types"));
    }

    [Fact]
    public async Task Counts_go_past_the_hundred_thousand_subjects_that_one_answer_of_the_server_holds()
    {
        const int Jobs = 120_000;
        await using var store = Stream.Store(configure: options => options.MaxBytes = -1);
        await using (var logger = new JobEventLogger(store, Stream.Options()))
        {
            for (var job = 0; job < Jobs; job++)
                await logger.LogAsync(new JobEvent($"job-{job}", job % 3 == 0 ? "failed" : "completed"), Token);

            Assert.True((await logger.FlushAsync(Token)).Completed);
        }

        Assert.Equal(
            new Dictionary<string, long> { ["failed"] = Jobs / 3, ["completed"] = Jobs / 3 * 2 }, await store.CountByTypeAsync(cancellationToken: Token));
        Assert.Equal(new Dictionary<string, long> { ["shop"] = Jobs }, await store.CountByServiceAsync(cancellationToken: Token));
        Assert.Equal(Jobs / 3, await store.CountAsync(JobEventFilter.ForNames("failed"), Token));
    }

    [Fact]
    public async Task A_stream_that_is_removed_while_it_is_read_ends_the_read_with_a_clear_error()
    {
        await using var store = Stream.Store();
        await store.AppendAsync([.. Enumerable.Range(0, 5_000).Select(number => new JobEvent($"job-{number}", "started"))], Token);
        await using var events = store.QueryAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await events.MoveNextAsync());

        _ = await Stream.JetStream.DeleteStreamAsync(Stream.Name, Token);

        var failure = await Assert.ThrowsAsync<JobEventStoreException>(async () =>
        {
            while (await events.MoveNextAsync())
            {
            }
        });
        Assert.Contains(Stream.Name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_outlives_a_restart_but_not_the_stream()
    {
        JobEventCursor next;
        await using (var store = Stream.Store())
        {
            await store.AppendAsync([.. Enumerable.Range(0, 3).Select(number => new JobEvent($"job-{number}", "started"))], Token);
            next = (await store.QueryPageAsync(options: new JobEventQueryOptions { Limit = 2 }, cancellationToken: Token)).Next!.Value;
        }

        Server.Kill();
        await Server.RestartAsync(Token);
        await using var again = Stream.Store();
        var options = new JobEventQueryOptions { After = next };
        Assert.Equal(3UL, Assert.Single((await again.QueryPageAsync(options: options, cancellationToken: Token)).Events).Sequence);

        _ = await Stream.JetStream.DeleteStreamAsync(Stream.Name, Token);
        await using var fresh = Stream.Store();
        await fresh.AppendAsync([new JobEvent("job", "started")], Token);
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await fresh.QueryPageAsync(options: options, cancellationToken: Token));
    }

    private static async Task<IEnumerable<ulong>> SequencesAsync(JetStreamEventStore store, JobEventFilter filter, JobEventOrder order) =>
        (await store.QueryAsync(filter, new JobEventQueryOptions { Order = order }, Token).ToListAsync(Token)).Select(jobEvent => jobEvent.Sequence);

    private static async Task<IEnumerable<int>> NumbersAsync(JetStreamEventStore store, string jobId = "job") =>
        (await store.GetByJobAsync(jobId, cancellationToken: Token).ToListAsync(Token))
            .Select(jobEvent => int.Parse(jobEvent.Message!, System.Globalization.CultureInfo.InvariantCulture));

    private async Task PublishAsync(string subject, string payload)
    {
        var ack = await Stream.JetStream.PublishAsync(
            $"{Stream.Prefix}.test.shop.{subject}", System.Text.Encoding.UTF8.GetBytes(payload), NatsRawSerializer<byte[]>.Default, cancellationToken: Token);
        ack.EnsureSuccess();
    }
}
