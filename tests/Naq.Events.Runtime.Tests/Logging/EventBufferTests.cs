using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Logging;

namespace Naq.Events.Runtime.Tests.Logging;

public sealed class EventBufferTests
{
    private enum Step
    {
        Enqueue,
        EnqueueLarge,
        DropOldest,
        DropNewest,
        Take,
        Resolve,
        ResolveOutOfOrder,
        Flush,
        EndFlush,
        Close,
    }

    [Fact]
    public void The_buffer_does_what_its_model_does() => Gen.Select(
        Gen.Int[1, 12],
        Gen.Select(
            Gen.Frequency(
                (30, Gen.OneOf(Gen.Const(Step.Enqueue), Gen.Const(Step.DropOldest), Gen.Const(Step.DropNewest))),
                (10, Gen.Const(Step.EnqueueLarge)),
                (20, Gen.Const(Step.Take)),
                (25, Gen.OneOf(Gen.Const(Step.Resolve), Gen.Const(Step.ResolveOutOfOrder))),
                (14, Gen.OneOf(Gen.Const(Step.Flush), Gen.Const(Step.EndFlush))),
                (1, Gen.Const(Step.Close))),
            Gen.Int[0, 7]).Array[0, 120]).Sample(static (capacity, steps) => new Comparison(capacity).Run(steps), iter: 1_500);

    [Fact]
    public void Where_there_is_no_memory_an_event_is_dropped_and_the_others_stay_as_they_are()
    {
        var pool = new CountingPool();
        var buffer = new EventBuffer(1_000, pool, TimeProvider.System);
        var large = new byte[BufferSegment.DefaultSize - 10];
        Assert.Equal(EnqueueResult.Accepted, Enqueue(buffer, large));

        pool.IsExhausted = true;
        Assert.Equal(EnqueueResult.DroppedThis, Enqueue(buffer, large));
        Assert.Equal(EnqueueResult.Accepted, Enqueue(buffer, new byte[5]));
        pool.IsExhausted = false;
        Assert.Equal(EnqueueResult.Accepted, Enqueue(buffer, large));

        var taken = new BufferedEvent[10];
        var count = buffer.Take(taken);
        Assert.Equal([large.Length, 5, large.Length], taken.Take(count).Select(static one => one.Payload.Length));
        buffer.Resolve(taken.AsSpan(0, count), stored: true);
        Assert.Empty(buffer.Abandon(out _));
        pool.AssertBalanced();
    }

    [Fact]
    public void Who_waits_for_room_goes_on_when_a_quarter_of_the_events_has_left()
    {
        var buffer = new EventBuffer(8, new CountingPool(), TimeProvider.System);
        Assert.True(buffer.WaitForRoomAsync(5).IsCompleted);
        var taken = Filled(buffer, 8, new byte[5]);
        var room = buffer.WaitForRoomAsync(5);

        buffer.Resolve(taken.AsSpan(0, 1), stored: true);
        Assert.False(room.IsCompleted);
        buffer.Resolve(taken.AsSpan(1, 1), stored: true);
        Assert.True(room.IsCompleted);
    }

    [Fact]
    public void Who_waits_for_room_goes_on_when_a_quarter_of_the_bytes_is_free()
    {
        var buffer = new EventBuffer(100, new CountingPool(), TimeProvider.System, maxBytes: 1_000);
        var taken = Filled(buffer, 8, new byte[125]);
        var room = buffer.WaitForRoomAsync(125);

        buffer.Resolve(taken.AsSpan(0, 1), stored: true);
        Assert.False(room.IsCompleted);
        buffer.Resolve(taken.AsSpan(1, 1), stored: true);
        Assert.True(room.IsCompleted);
    }

    [Fact]
    public void Nobody_waits_for_room_in_a_buffer_that_is_closed()
    {
        var buffer = new EventBuffer(1, new CountingPool(), TimeProvider.System);
        _ = Filled(buffer, 1, new byte[5]);
        var before = buffer.WaitForRoomAsync(5);
        Assert.False(before.IsCompleted);

        buffer.Close();

        Assert.True(before.IsCompleted);
        Assert.True(buffer.WaitForRoomAsync(5).IsCompleted);
    }

    [Fact]
    public async Task It_tells_of_many_that_wait_when_asked_before_a_whole_batch_does()
    {
        var buffer = new EventBuffer(100, new CountingPool(), TimeProvider.System);
        for (var i = 0; i < 4; i++)
            _ = Enqueue(buffer, new byte[5]);

        Assert.True(buffer.Lingers(batchSize: 5, many: 6));
        var told = buffer.Ready.WaitAsync(Timeout.InfiniteTimeSpan).AsTask();
        _ = Enqueue(buffer, new byte[5]);
        Assert.False(told.IsCompleted);
        _ = Enqueue(buffer, new byte[5]);
        await told;

        Assert.False(buffer.Lingers(batchSize: 6, many: 7));
    }

    [Fact]
    public void It_says_what_is_in_it_and_since_when_it_was_not_empty()
    {
        var time = new FakeTimeProvider();
        var buffer = new EventBuffer(100, new CountingPool(), time);
        time.Advance(TimeSpan.FromSeconds(1));
        var begin = time.GetTimestamp();
        _ = Enqueue(buffer, new byte[5]);
        time.Advance(TimeSpan.FromSeconds(1));
        _ = Enqueue(buffer, new byte[7]);
        var taken = new BufferedEvent[1];
        _ = buffer.Take(taken);

        Assert.Equal(new BufferDepth(Waiting: 1, UnderWay: 1, Bytes: 12, begin), buffer.Measure());
        Assert.Equal(2, buffer.Measure().Events);
        buffer.Resolve(taken, stored: true);
        Assert.Equal(new BufferDepth(Waiting: 1, UnderWay: 0, Bytes: 7, begin), buffer.Measure());

        // It lets go of what it has no more to do with: the memory goes to others.
        Assert.True(taken[0].Payload.IsEmpty);
        Assert.Null(taken[0].Segment);
    }

    [Theory]
    [InlineData(64, 1_000, 64)]
    [InlineData(64, 100, 25)]
    [InlineData(64, 2, 1)]
    public void The_buffer_takes_a_quarter_of_the_memory_at_most(int wanted, int available, int bound) =>
        Assert.Equal(bound * 1024L * 1024, BufferBound.Of(wanted * 1024L * 1024, available * 1024L * 1024));

    private static EnqueueResult Enqueue(EventBuffer buffer, byte[] payload) =>
        buffer.Enqueue(new WrittenEvent(payload, payload.Length, Guid.NewGuid(), null), JobEventOverflow.DropOldest, out _);

    /// <summary>So many events are in it, and taken.</summary>
    private static BufferedEvent[] Filled(EventBuffer buffer, int count, byte[] payload)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(EnqueueResult.Accepted, Enqueue(buffer, payload));

        var taken = new BufferedEvent[count];
        Assert.Equal(count, buffer.Take(taken));
        return taken;
    }

    private sealed class Comparison(int capacity)
    {
        private readonly CountingPool _pool = new();
        private readonly BufferModel _model = new(capacity);
        private readonly List<(FlushWaiter Waiter, BufferModel.Flush Model)> _flushes = [];
        private readonly List<BufferedEvent> _taken = [];
        private EventBuffer? _buffer;

        private EventBuffer Buffer => _buffer ??= new EventBuffer(capacity, _pool, TimeProvider.System);

        public void Run(IEnumerable<(Step Step, int Number)> steps)
        {
            foreach (var (step, number) in steps)
            {
                Do(step, number);
                Assert.Equal(_model.Waiting.Count == 0, Nothing());
                Assert.Equal(!_model.Live.Any(), Buffer.IsEmpty);
                foreach (var (waiter, model) in _flushes)
                    Assert.Equal(model.Open.Count == 0, waiter.Completion.IsCompleted);

                foreach (var taken in _taken)
                    AssertWhole(taken);
            }

            var left = _model.Live.ToList();
            Assert.Equal(left, Buffer.Abandon(out _));
            left.ForEach(id => _model.Decide(id, stored: false));
            while (_flushes.Count > 0)
                EndFlush(0);

            _pool.AssertBalanced();
        }

        private void Do(Step step, int number)
        {
            switch (step)
            {
                case Step.Enqueue:
                    Enqueue(overflow: null, 40);
                    break;
                case Step.EnqueueLarge:
                    Enqueue(overflow: null, 30_000 * (number + 1));
                    break;
                case Step.DropOldest:
                    Enqueue(JobEventOverflow.DropOldest, 40);
                    break;
                case Step.DropNewest:
                    Enqueue(JobEventOverflow.DropNewest, 40);
                    break;
                case Step.Take:
                    Take(number);
                    break;
                case Step.Resolve when _taken.Count > 0:
                    Resolve(0, stored: number < 6);
                    break;
                case Step.ResolveOutOfOrder when _taken.Count > 0:
                    Resolve(number % _taken.Count, stored: number < 6);
                    break;
                case Step.Flush:
                    var flush = new BufferModel.Flush(_model.Live);
                    _model.Flushes.Add(flush);
                    _flushes.Add((Buffer.BeginFlush(), flush));
                    break;
                case Step.EndFlush when _flushes.Count > 0:
                    EndFlush(number % _flushes.Count);
                    break;
                case Step.Close:
                    _model.Closed = true;
                    Buffer.Close();
                    break;
            }
        }

        private void Enqueue(JobEventOverflow? overflow, int size)
        {
            var id = Guid.NewGuid();
            var text = id.ToString("D").PadRight(size, '.') + "subject";
            var written = new WrittenEvent(Encoding.ASCII.GetBytes(text), size, id, traceParent: text[..8]);
            var result = Buffer.Enqueue(in written, overflow, out var dropped);
            var (expected, expectedDrop) = Expected(id, overflow);
            Assert.Equal((expected, expectedDrop), (result, dropped));
            if (expected == EnqueueResult.DroppedOldest)
                _model.Decide(expectedDrop, stored: false);

            if (expected is EnqueueResult.Accepted or EnqueueResult.DroppedOldest)
                _model.Waiting.Add(id);
        }

        private (EnqueueResult Result, Guid Dropped) Expected(Guid id, JobEventOverflow? overflow)
        {
            if (_model.Closed)
                return (EnqueueResult.Closed, default);

            if (!_model.IsFull)
                return (EnqueueResult.Accepted, default);

            return overflow switch
            {
                null => (EnqueueResult.Full, default),
                JobEventOverflow.DropOldest when _model.Waiting.Count > 0 => (EnqueueResult.DroppedOldest, _model.Waiting[0]),
                _ => (EnqueueResult.DroppedThis, id),
            };
        }

        private void Take(int most)
        {
            var batch = new BufferedEvent[most];
            var count = Buffer.Take(batch);
            var expected = _model.Waiting.Take(most).ToList();
            Assert.Equal(expected, batch.Take(count).Select(static taken => taken.Id));
            _model.Waiting.RemoveRange(0, count);
            _model.Taken.AddRange(expected);
            _taken.AddRange(batch.Take(count));
        }

        private void Resolve(int index, bool stored)
        {
            var taken = _taken[index];
            _taken.RemoveAt(index);
            _model.Decide(taken.Id, stored);
            Buffer.Resolve([taken], stored);
        }

        private void EndFlush(int index)
        {
            var (waiter, model) = _flushes[index];
            _flushes.RemoveAt(index);
            _ = _model.Flushes.Remove(model);
            var result = Buffer.EndFlush(waiter);
            Assert.Equal(model.Stored, result.Stored);
            Assert.Equal(model.Lost.Count + model.Open.Count, result.Remaining);
            Assert.Equal([.. model.Lost, .. model.Open], result.RemainingIds);
        }

        private bool Nothing()
        {
            _ = Buffer.LooksReady(5, partly: false, out var nothing);
            return nothing;
        }

        private static void AssertWhole(BufferedEvent taken)
        {
            var id = taken.Id.ToString("D");
            Assert.Equal(id, Encoding.ASCII.GetString(taken.Payload.Span[..id.Length]));
            Assert.Equal("subject", Encoding.ASCII.GetString(taken.Subject.Span));
            Assert.Equal(id[..8], taken.TraceParent);
        }
    }
}
