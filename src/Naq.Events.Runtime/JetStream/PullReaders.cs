using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream;

/// <summary>Opens pull readers.</summary>
internal static class PullReaders
{
    /// <summary>Subscribes and asks for the first messages.</summary>
    /// <param name="consumers">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="ahead">The most messages that are asked for and not yet read.</param>
    /// <param name="total">The most messages that are asked for at all.</param>
    /// <param name="deserializer">Takes payloads apart.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="requestTime">How long one request lasts; 30 s when <see langword="null"/>.</param>
    /// <param name="mayAsk">Whether more may be asked for; <see langword="null"/> for always.</param>
    /// <exception cref="PullBrokenException">The connection is down.</exception>
    public static ValueTask<PullReader<TPayload>> OpenAsync<TPayload>(
        Consumers consumers, string consumer, int ahead, long total, INatsDeserialize<TPayload> deserializer, CancellationToken cancellationToken, TimeSpan? requestTime = null, Func<bool>? mayAsk = null) =>
        OpenAsync(
            consumers,
            consumer,
            ahead,
            total,
            (connection, inbox, token) => connection.SubscribeCoreAsync(
                inbox,
                serializer: deserializer,
                opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = (ahead * 2) + 64 } },
                cancellationToken: token),
            requestTime,
            mayAsk,
            cancellationToken);

    /// <summary>The same for events, which take from their headers what they need.</summary>
    /// <inheritdoc cref="OpenAsync{TPayload}(Consumers, string, int, long, INatsDeserialize{TPayload}, CancellationToken, TimeSpan?, Func{bool})"/>
    public static ValueTask<PullReader<JobEventPayload>> OpenForEventsAsync(
        Consumers consumers, string consumer, int ahead, long total, INatsDeserialize<JobEventPayload> deserializer, CancellationToken cancellationToken, TimeSpan? requestTime = null, Func<bool>? mayAsk = null) =>
        OpenAsync<JobEventPayload>(
            consumers,
            consumer,
            ahead,
            total,
            async (connection, inbox, token) =>
            {
                var subscription = new JobEventSubscription(connection, inbox, deserializer);
                await connection.AddSubAsync(subscription, token).ConfigureAwait(false);
                return subscription;
            },
            requestTime,
            mayAsk,
            cancellationToken);

    private static async ValueTask<PullReader<TPayload>> OpenAsync<TPayload>(
        Consumers consumers,
        string consumer,
        int ahead,
        long total,
        Func<INatsConnection, string, CancellationToken, ValueTask<INatsSub<TPayload>>> subscribe,
        TimeSpan? requestTime,
        Func<bool>? mayAsk,
        CancellationToken cancellationToken)
    {
        // A base inbox: under the connection's own inbox prefix, replies are taken for those of requests.
        var api = consumers.Api;
        var inbox = new NatsJSContext(api.Connection).NewBaseInbox();
        using var deadline = new Deadline(api.Timeout, api.TimeProvider, cancellationToken);
        try
        {
            var subscription = await subscribe(api.Connection, inbox, deadline.Token).ConfigureAwait(false);
            var request = JetStreamApi.SubjectOf($"CONSUMER.MSG.NEXT.{consumers.Stream}.{consumer}");
            var reader = new PullReader<TPayload>(api, request, subscription, ahead, total, requestTime) { MayAsk = mayAsk };
            await reader.StartAsync(deadline.Token).ConfigureAwait(false);
            return reader;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PullBrokenException("the connection is down");
        }
    }
}
