using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Benchmarks.Compare.Querying;

/// <summary>What a user would write with NATS.Net to read what a stream holds of a subject.</summary>
internal static class PeerReads
{
    private const string Stream = "naq_events";

    /// <summary>Makes a consumer, fetches exactly what waits in it, and removes it.</summary>
    public static async Task<int> FetchPendingAsync(NatsJSContext jetStream, string subject)
    {
        var consumer = await CreateAsync(jetStream, subject).ConfigureAwait(false);
        var read = 0;
        var fetch = consumer.FetchAsync(new NatsJSFetchOpts { MaxMsgs = (int)consumer.Info.NumPending }, NatsRawSerializer<byte[]>.Default);
        await foreach (var message in fetch.ConfigureAwait(false))
            read += message.Data is { Length: > 0 } ? 1 : 0;

        _ = await jetStream.DeleteConsumerAsync(Stream, consumer.Info.Name).ConfigureAwait(false);
        return read;
    }

    /// <summary>The same with a fetch of 100 that does not wait for more: the server looks for them to the stream's end.</summary>
    public static async Task<int> FetchHundredAsync(NatsJSContext jetStream, string subject)
    {
        var consumer = await CreateAsync(jetStream, subject).ConfigureAwait(false);
        var read = 0;
        var fetch = consumer.FetchNoWaitAsync(new NatsJSFetchOpts { MaxMsgs = 100 }, NatsRawSerializer<byte[]>.Default);
        await foreach (var message in fetch.ConfigureAwait(false))
            read += message.Data is { Length: > 0 } ? 1 : 0;

        _ = await jetStream.DeleteConsumerAsync(Stream, consumer.Info.Name).ConfigureAwait(false);
        return read;
    }

    /// <summary>Pulls all that waits, without acknowledgements.</summary>
    public static async Task<int> PullAsync<T>(NatsJSContext jetStream, string subject, INatsDeserialize<T> serializer, Func<T?, bool> counts)
    {
        var consumer = await CreateAsync(jetStream, subject).ConfigureAwait(false);
        var left = (int)consumer.Info.NumPending;
        var counted = 0;
        if (left > 0)
        {
            await foreach (var message in consumer.ConsumeAsync(serializer, new NatsJSConsumeOpts { MaxMsgs = 1_000 }).ConfigureAwait(false))
            {
                counted += counts(message.Data) ? 1 : 0;
                if (--left == 0)
                    break;
            }
        }

        _ = await jetStream.DeleteConsumerAsync(Stream, consumer.Info.Name).ConfigureAwait(false);
        return counted;
    }

    private static ValueTask<INatsJSConsumer> CreateAsync(NatsJSContext jetStream, string subject) => jetStream.CreateOrUpdateConsumerAsync(
        Stream,
        new ConsumerConfig
        {
            Name = $"peer-{Guid.NewGuid():N}",
            FilterSubject = subject,
            DeliverPolicy = ConsumerConfigDeliverPolicy.All,
            AckPolicy = ConsumerConfigAckPolicy.None,
            MemStorage = true,
        });
}
