using System.Collections.Concurrent;
using System.Text;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Tests;

/// <summary>Publishes numbered events as a logger does, and keeps their outcomes.</summary>
internal sealed class NumberedPublishing(TestStream stream, JetStreamEventStore store, Action<JobEventLoggerOptions>? configure = null)
    : IPublishOutcomes, IAsyncDisposable
{
    private IJobEventPublisher? _publisher;
    private int _next;

    public ConcurrentQueue<Guid> StoredIds { get; } = new();

    public ConcurrentQueue<(Guid Id, string Reason)> Rejected { get; } = new();

    public int Outcomes => StoredIds.Count + Rejected.Count;

    /// <summary>Events of jobs that take turns, numbered over all.</summary>
    public async Task PublishAsync(int count, CancellationToken cancellationToken)
    {
        _publisher ??= await ((IPublishingStore)store).CreatePublisherAsync(Options(), cancellationToken);
        for (; count > 0; count -= 50)
        {
            var events = new BufferedEvent[Math.Min(count, 50)];
            for (var i = 0; i < events.Length; i++)
                events[i] = Event(_next++);

            await _publisher.PublishAsync(events, this, cancellationToken);
        }
    }

    public async Task PublishAsync(BufferedEvent bufferedEvent, CancellationToken cancellationToken)
    {
        _publisher ??= await ((IPublishingStore)store).CreatePublisherAsync(Options(), cancellationToken);
        await _publisher.PublishAsync(new[] { bufferedEvent }, this, cancellationToken);
    }

    public BufferedEvent Event(int number, int padding = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        Subject = Encoding.ASCII.GetBytes($"{stream.Prefix}.test.shop.job{number % 7}.started"),
        Payload = Encoding.UTF8.GetBytes(
            $$"""{"job_id":"job{{number % 7}}","event_type":"started","timestamp":1700000000,"message":"{{number}}","worker_id":"{{new string('x', padding)}}"}"""),
    };

    /// <summary>The numbers in the stream, in order.</summary>
    public async Task<int[]> StoredNumbersAsync(CancellationToken cancellationToken) =>
        [.. (await store.GetByTypeAsync("started", cancellationToken: cancellationToken).ToListAsync(cancellationToken))
            .Select(jobEvent => int.Parse(jobEvent.Message!, System.Globalization.CultureInfo.InvariantCulture))];

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
            await _publisher.DisposeAsync();
    }

    void IPublishOutcomes.Stored(ReadOnlySpan<BufferedEvent> events)
    {
        foreach (var stored in events)
            StoredIds.Enqueue(stored.Id);
    }

    void IPublishOutcomes.Rejected(BufferedEvent bufferedEvent, string reason) => Rejected.Enqueue((bufferedEvent.Id, reason));

    private JobEventLoggerOptions Options()
    {
        var options = new JobEventLoggerOptions { RetryDelay = TimeSpan.FromMilliseconds(50) };
        configure?.Invoke(options);
        return options;
    }
}
