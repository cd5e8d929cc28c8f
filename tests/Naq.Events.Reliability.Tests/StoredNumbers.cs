using System.Buffers.Text;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Naq.Events.Reliability.Tests;

/// <summary>What a plain NATS client reads out of the stream: no code of ours takes part.</summary>
internal static class StoredNumbers
{
    private const int ShownProblems = 10;

    // How long a server's answer may be behind.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(20);

    /// <summary>Asserts that the stream holds the numbers below <paramref name="count"/>, each once, a job's in their order.</summary>
    public static async Task AssertAllAsync(string url, int count, CancellationToken cancellationToken)
    {
        var next = Enumerable.Range(0, NumberedJobs.Jobs).ToArray();
        var problems = new List<string>();
        var messages = 0L;
        await foreach (var (sequence, number) in ReadAsync(url, count, cancellationToken))
        {
            messages++;
            var job = number % NumberedJobs.Jobs;
            if (number != next[job] && problems.Count < ShownProblems)
                problems.Add($"at sequence {sequence}: {number} of job {job}, where {next[job]} is next");

            next[job] = number + NumberedJobs.Jobs;
        }

        Assert.Empty(problems);
        Assert.Equal(count, messages);
    }

    /// <summary>
    /// Asserts that the stream holds the numbers below <paramref name="count"/>, each once, and a job's in their order but for at
    /// most so many that come after a later one.
    /// </summary>
    public static async Task AssertAllAsync(string url, int count, int late, CancellationToken cancellationToken)
    {
        var seen = new bool[count];
        var highest = new int[NumberedJobs.Jobs];
        var (twice, behind) = (0, 0);
        await foreach (var (_, number) in ReadAsync(url, count, cancellationToken))
        {
            twice += seen[number] ? 1 : 0;
            seen[number] = true;
            ref var last = ref highest[number % NumberedJobs.Jobs];
            behind += number < last ? 1 : 0;
            last = Math.Max(last, number);
        }

        Assert.Equal((0, 0), (seen.Count(static one => !one), twice));
        Assert.InRange(behind, 0, late);
    }

    /// <summary>All numbers, as they stand in the stream when that has at least so many.</summary>
    public static async IAsyncEnumerable<(ulong Sequence, int Number)> ReadAsync(
        string url, int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var client = Connect(url);
        var jetStream = new NatsJSContext(client);
        var state = await StateAsync(jetStream, count, cancellationToken);
        if (state.Messages == 0)
            yield break;

        var consumer = await jetStream.CreateOrderedConsumerAsync(NumberedJobs.Stream, cancellationToken: cancellationToken);
        await foreach (var message in consumer.ConsumeAsync<NatsMemoryOwner<byte>>(
            opts: new NatsJSConsumeOpts { MaxMsgs = 20_000 }, cancellationToken: cancellationToken))
        {
            using var payload = message.Data;
            var sequence = message.Metadata!.Value.Sequence.Stream;
            yield return (sequence, NumberOf(payload.Span));
            if (sequence == state.LastSeq)
                yield break;
        }
    }

    /// <summary>A plain client, without TLS where a server leaves it open.</summary>
    public static NatsConnection Connect(string url) => new(new NatsOpts
    {
        Url = url,
        SubPendingChannelCapacity = 65_536,
        TlsOpts = new NatsTlsOpts { Mode = TlsMode.Disable },
    });

    /// <summary>A server that has just come to lead the stream may not have come to its end yet. What is missing for good fails here.</summary>
    private static async Task<StreamState> StateAsync(NatsJSContext jetStream, int count, CancellationToken cancellationToken)
    {
        var state = await AskAsync();
        try
        {
            await Eventually.TrueAsync(async () => (state = await AskAsync()).Messages >= count, Behind, "they are in the stream");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Of {count} events {state.Messages} are in the stream, up to sequence {state.LastSeq}.");
        }

        return state;

        async Task<StreamState> AskAsync() => (await jetStream.GetStreamAsync(NumberedJobs.Stream, cancellationToken: cancellationToken)).Info.State;
    }

    private static int NumberOf(ReadOnlySpan<byte> payload)
    {
        var mark = "\"message\":\""u8;
        return Utf8Parser.TryParse(payload[(payload.IndexOf(mark) + mark.Length)..], out int number, out _)
            ? number
            : throw new FormatException("A message in the stream has no number.");
    }
}
