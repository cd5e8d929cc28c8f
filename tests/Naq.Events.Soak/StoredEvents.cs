using System.Collections;
using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Soak;

/// <summary>What a plain client finds in the stream in the end: no code of ours takes part.</summary>
internal sealed class StoredEvents
{
    private const string Stream = "naq_events";

    private readonly Dictionary<string, BitArray> _numbers = [];
    private readonly Dictionary<string, int> _latest = [];

    /// <summary>Their sequences.</summary>
    public List<ulong> Sequences { get; } = [];

    /// <summary>From the log call to the server's time of storing, in milliseconds.</summary>
    public List<int> Late { get; } = [];

    public int Repeated { get; private set; }

    public int OutOfOrder { get; private set; }

    public static async Task<StoredEvents> ReadAsync(string url)
    {
        var stored = new StoredEvents();
        await using var client = new NatsConnection(new NatsOpts { Url = url, SubPendingChannelCapacity = 65_536 });
        var jetStream = new NatsJSContext(client);
        var state = (await jetStream.GetStreamAsync(Stream)).Info.State;
        if (state.Messages == 0)
            return stored;

        var consumer = await jetStream.CreateOrderedConsumerAsync(Stream);
        await foreach (var message in consumer.ConsumeAsync<NatsMemoryOwner<byte>>(opts: new NatsJSConsumeOpts { MaxMsgs = 20_000 }))
        {
            using var payload = message.Data;
            var metadata = message.Metadata!.Value;
            stored.Add(metadata.Sequence.Stream, metadata.Timestamp, payload.Memory);
            if (metadata.Sequence.Stream == state.LastSeq)
                break;
        }

        return stored;
    }

    /// <summary>How many of the first so many numbers of a logger are not there.</summary>
    public int Missing(string logger, int count)
    {
        var numbers = _numbers.GetValueOrDefault(logger);
        return Enumerable.Range(0, count).Count(number => numbers is null || number >= numbers.Length || !numbers[number]);
    }

    private void Add(ulong sequence, DateTimeOffset storedAt, ReadOnlyMemory<byte> payload)
    {
        Sequences.Add(sequence);
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        var logger = root.GetProperty("worker_id").GetString()!;
        var job = root.GetProperty("job_id").GetString()!;
        var number = int.Parse(root.GetProperty("message").GetString()!, CultureInfo.InvariantCulture);
        Late.Add((int)((storedAt - DateTimeOffset.UnixEpoch).TotalMilliseconds - (root.GetProperty("timestamp").GetDouble() * 1_000)));

        if (!_numbers.TryGetValue(logger, out var numbers))
            _numbers[logger] = numbers = new BitArray(65_536);

        if (number >= numbers.Length)
            numbers.Length = Math.Max(number + 1, numbers.Length * 2);

        Repeated += numbers[number] ? 1 : 0;
        numbers[number] = true;
        OutOfOrder += number < _latest.GetValueOrDefault(job, -1) ? 1 : 0;
        _latest[job] = number;
    }
}
