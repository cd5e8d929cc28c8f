using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Logging;
using Naq.Events.Logging;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>Stands between a logger and its store, and notes when each event is reported stored. One thread logs, so that the order tells which.</summary>
internal sealed class AcknowledgementTimes(JetStreamEventStore store, int capacity) : PublishingOnlyStore, IPublishingStore
{
    private readonly long[] _called = new long[capacity];
    private readonly double[] _milliseconds = new double[capacity];
    private int _calls;
    private int _stored;
    private long _firstOrder;

    /// <summary>An event is about to be logged.</summary>
    public void Called() => Volatile.Write(ref _called[_calls++], Stopwatch.GetTimestamp());

    /// <summary>What was logged so far was to warm up.</summary>
    public void Reset() => (_firstOrder, _calls, _stored) = (_firstOrder + _stored, 0, 0);

    public double Percentile99()
    {
        if (_stored != _calls)
            throw new InvalidOperationException($"{_stored} of {_calls} events are stored.");

        var sorted = _milliseconds.AsSpan(0, _stored);
        sorted.Sort();
        return sorted[(int)(sorted.Length * 0.99)];
    }

    public async ValueTask<IJobEventPublisher> CreatePublisherAsync(JobEventLoggerOptions options, CancellationToken cancellationToken) =>
        new Publisher(this, await ((IPublishingStore)store).CreatePublisherAsync(options, cancellationToken).ConfigureAwait(false));

    private sealed class Publisher(AcknowledgementTimes times, IJobEventPublisher publisher) : IJobEventPublisher, IPublishOutcomes
    {
        private IPublishOutcomes? _outcomes;

        public int MaxEventBytes => publisher.MaxEventBytes;

        public ValueTask PublishAsync(ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
        {
            _outcomes = outcomes;
            return publisher.PublishAsync(events, this, cancellationToken);
        }

        public void Stored(BufferedEvent bufferedEvent)
        {
            var index = (int)(bufferedEvent.Order - 1 - times._firstOrder);
            if (index >= 0)
                times._milliseconds[index] = Stopwatch.GetElapsedTime(times._called[index]).TotalMilliseconds;

            times._stored++;
            _outcomes!.Stored(bufferedEvent);
        }

        public void Rejected(BufferedEvent bufferedEvent, string reason) => throw new InvalidOperationException(reason);

        public ValueTask DisposeAsync() => publisher.DisposeAsync();
    }
}
