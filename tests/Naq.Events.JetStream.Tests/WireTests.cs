using System.Text.Json;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>What a plain NATS client sees of the store, and what the store makes of a plain client's messages.</summary>
public sealed class WireTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact]
    public async Task A_plain_client_reads_subject_id_trace_and_json()
    {
        await using var store = _stream.Store();
        var jobEvent = new JobEvent("order 7/2", "payment_captured")
        {
            Message = "Captured",
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250),
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };

        await store.AppendAsync([jobEvent], Token);

        var stream = await _stream.JetStream.GetStreamAsync(_stream.Name, cancellationToken: Token);
        var message = await stream.GetDirectAsync<string>(new StreamMsgGetRequest { Seq = 1 }, NatsUtf8PrimitivesSerializer<string>.Default, Token);
        Assert.Equal($"{_stream.Prefix}.test.shop.order%207%2F2.payment_captured", message.Headers!["Nats-Subject"]);
        Assert.Equal(jobEvent.Id.ToString(), message.Headers["Nats-Msg-Id"]);
        Assert.Equal(jobEvent.TraceParent, message.Headers["traceparent"]);
        using var json = JsonDocument.Parse(message.Data!);
        Assert.Equal("1.0", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("order 7/2", json.RootElement.GetProperty("job_id").GetString());
        Assert.Equal("payment_captured", json.RootElement.GetProperty("event_type").GetString());
        Assert.Equal("Captured", json.RootElement.GetProperty("message").GetString());
        Assert.Equal(1_700_000_000.25, json.RootElement.GetProperty("timestamp").GetDouble());
    }

    [Fact]
    public async Task Events_are_republished_for_plain_subscribers()
    {
        await using var store = _stream.Store(configure: static options => options.Republish = true);
        await store.InitializeAsync(Token);
        await using var subscription = await _stream.Client.SubscribeCoreAsync<string>($"{_stream.Prefix}.test.all.failed", cancellationToken: Token);
        await _stream.Client.PingAsync(Token);

        await store.AppendAsync([new JobEvent("a", JobEventType.Completed), new JobEvent("b.c", JobEventType.Failed)], Token);

        var message = await subscription.Msgs.ReadAsync(Token);
        Assert.Contains("\"job_id\":\"b.c\"", message.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_clients_event_is_read()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);

        await PublishAsync("shop.a%2Eb.started", """{"job_id":"a.b","event_type":"started","timestamp":1700000000,"unknown":[1]}""");
        await PublishAsync("shop.a%2Eb.failed", """{"job_id":"a.b","event_type":"failed","timestamp":1700000001}""", "not-a-uuid");

        var read = await store.GetByJobAsync("a.b", cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(["started", "failed"], read.Select(jobEvent => jobEvent.EventName));
        Assert.Null(read[0].MessageId);
        Assert.Equal(Guid.Empty, read[1].Id);
        Assert.Equal("not-a-uuid", read[1].MessageId);
        Assert.Equal("test", read[0].Environment);
        Assert.Equal("shop", read[0].Service);
    }

    [Fact]
    public async Task Malformed_messages_are_passed_over_counted_and_logged_with_their_sequence()
    {
        await using var store = _stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);
        await PublishAsync("shop.job.started", "not json");
        await PublishAsync("shop.job.started", "");
        await PublishAsync("shop.job.started", """{"job_id":"another","event_type":"started","timestamp":1700000000}""");
        await PublishAsync("shop.job.started", """{"job_id":"job","event_type":"failed","timestamp":1700000000}""");
        await PublishAsync("shop.job.started", """{"version":"2.0","job_id":"job","event_type":"started","timestamp":1700000000}""");
        await PublishAsync("shop.%zz.started", """{"job_id":"job","event_type":"started","timestamp":1700000000}""");
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);

        var byJob = await store.GetByJobAsync("job", cancellationToken: Token).ToListAsync(Token);
        Assert.Equal([1UL, 8UL], byJob.Select(jobEvent => jobEvent.Sequence));
        Assert.Equal(5, store.SkippedMessages);
        var byType = await store.GetByTypeAsync("started", cancellationToken: Token).ToListAsync(Token);
        Assert.Equal([1UL, 8UL], byType.Select(jobEvent => jobEvent.Sequence));
        Assert.Equal(11, store.SkippedMessages);
        var streamed = await store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).Take(2).ToListAsync(Token);
        Assert.Equal([1UL, 8UL], streamed.Select(jobEvent => jobEvent.Sequence));
        foreach (var sequence in Enumerable.Range(2, 6))
            Assert.Contains(_stream.Log.Warnings, text => text.StartsWith($"Skipped the message {sequence} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limit_and_offset_count_events_not_malformed_messages()
    {
        await using var store = _stream.Store();
        for (var number = 0; number < 4; number++)
        {
            await store.AppendAsync([new JobEvent("job", JobEventType.Started) { Message = $"{number}" }], Token);
            await PublishAsync("shop.job.started", "malformed");
        }

        Assert.Equal(["1", "2"], (await store.GetByJobAsync("job", 2, 1, Token).ToListAsync(Token)).Select(jobEvent => jobEvent.Message));
        Assert.Equal(["1", "2"], (await store.GetByTypeAsync("started", 2, 1, Token).ToListAsync(Token)).Select(jobEvent => jobEvent.Message));
    }

    [Fact]
    public async Task A_malformed_message_is_delivered_to_a_processor_as_a_problem()
    {
        await using var store = _stream.Store();
        await store.InitializeAsync(Token);
        await PublishAsync("shop.job.started", "not json");

        var request = new Processing.DeliveryRequest("reader", new JobEventFilter(), JobEventStart.Beginning, TimeSpan.FromSeconds(30), 10);
        await using var deliveries = ((Processing.IDeliveringStore)store).DeliverAsync(request, Token).GetAsyncEnumerator(Token);

        Assert.True(await deliveries.MoveNextAsync());
        Assert.Null(deliveries.Current.Event);
        Assert.NotNull(deliveries.Current.Problem);
        Assert.Equal(1UL, deliveries.Current.Sequence);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData(">")]
    [InlineData("a*")]
    [InlineData("")]
    public async Task A_service_that_is_none_is_refused(string service)
    {
        await using var store = _stream.Store();

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CountAsync(new JobEventFilter { Service = service }, Token));
    }

    [Fact]
    public async Task Reads_leave_no_consumer_behind()
    {
        await using var store = _stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token);

        await store.GetByTypeAsync("started", cancellationToken: Token).ToListAsync(Token);
        await store.CountAsync(cancellationToken: Token);
        await store.StreamAsync(start: JobEventStart.Beginning, cancellationToken: Token).FirstAsync(Token);

        Assert.Equal(0, (await store.CheckHealthAsync(Token)).Consumers);
    }

    private async Task PublishAsync(string subject, string payload, string? messageId = null)
    {
        var headers = messageId is null ? null : new NatsHeaders { ["Nats-Msg-Id"] = messageId };
        var ack = await _stream.JetStream.PublishAsync($"{_stream.Prefix}.test.{subject}", payload, headers: headers, cancellationToken: Token);
        Assert.Null(ack.Error);
    }
}
