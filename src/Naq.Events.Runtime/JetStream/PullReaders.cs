using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream;

/// <summary>Opens pull readers.</summary>
internal static class PullReaders
{
    /// <summary>Subscribes and asks for the first messages.</summary>
    /// <param name="consumers">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="options">How messages are asked for.</param>
    /// <param name="deserializer">Takes payloads apart.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PullBrokenException">The connection is down.</exception>
    public static ValueTask<PullReader<TPayload>> OpenAsync<TPayload>(
        Consumers consumers, string consumer, PullOptions options, INatsDeserialize<TPayload> deserializer, CancellationToken cancellationToken) =>
        OpenAsync(
            consumers,
            consumer,
            options,
            (connection, inbox, token) => connection.SubscribeCoreAsync(
                inbox,
                serializer: deserializer,
                opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = (options.Ahead * 2) + 64 } },
                cancellationToken: token),
            cancellationToken);

    /// <summary>The same for events, which take from their headers what they need. Its reader breaks also where the connection did and is there again.</summary>
    /// <inheritdoc cref="OpenAsync{TPayload}(Consumers, string, PullOptions, INatsDeserialize{TPayload}, CancellationToken)"/>
    public static ValueTask<PullReader<JobEventPayload>> OpenForEventsAsync(
        Consumers consumers, string consumer, PullOptions options, INatsDeserialize<JobEventPayload> deserializer, CancellationToken cancellationToken, bool keepsHeaders = false) =>
        OpenAsync<JobEventPayload>(
            consumers,
            consumer,
            options,
            async (connection, inbox, token) =>
            {
                var subscription = new JobEventSubscription(connection, inbox, deserializer, keepsHeaders);
                await connection.AddSubAsync(subscription, token).ConfigureAwait(false);
                return subscription;
            },
            cancellationToken);

    private static async ValueTask<PullReader<TPayload>> OpenAsync<TPayload>(
        Consumers consumers,
        string consumer,
        PullOptions options,
        Func<INatsConnection, string, CancellationToken, ValueTask<INatsSub<TPayload>>> subscribe,
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
            var reader = new PullReader<TPayload>(api, request, subscription, options);
            await reader.StartAsync(deadline.Token).ConfigureAwait(false);
            return reader;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PullBrokenException("the connection is down");
        }
    }
}
