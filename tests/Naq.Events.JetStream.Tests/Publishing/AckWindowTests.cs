using Naq.Events.JetStream.Publishing;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class AckWindowTests
{
    private static readonly Outcomes Nowhere = new();

    [Fact]
    public void Events_are_sent_in_the_order_they_were_added_in()
    {
        var window = new AckWindow(4);
        var events = Events(3);

        Assert.Equal(3, window.Add(events, Nowhere));

        Assert.Equal(events, Send(window).Select(sent => sent.Event));
        Assert.Equal(3, window.InFlight);
        Assert.Equal(3, window.Count);
    }

    [Fact]
    public void No_more_are_taken_than_there_is_room_for()
    {
        var window = new AckWindow(4);

        Assert.Equal(4, window.Add(Events(6), Nowhere));
        Assert.Equal(0, window.Add(Events(1), Nowhere));
        var sent = Send(window);
        Assert.NotNull(window.Complete(0, sent[1].Slot, out _));

        // The ring is freed from the oldest on: a gap is not room.
        Assert.Equal(0, window.Add(Events(1), Nowhere));
        Assert.NotNull(window.Complete(0, sent[0].Slot, out _));
        Assert.Equal(2, window.Add(Events(3), Nowhere));
    }

    [Fact]
    public async Task Room_is_waited_for()
    {
        var window = new AckWindow(4);
        window.Add(Events(5), Nowhere);
        var sent = Send(window);
        var room = window.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.False(room.IsCompleted);

        window.Complete(0, sent[0].Slot, out _);

        await room;
        Assert.Equal(1, window.Add(Events(1), Nowhere));
    }

    [Fact]
    public void Going_back_sends_again_what_is_not_acknowledged_in_the_same_order()
    {
        var window = new AckWindow(8);
        var events = Events(5);
        window.Add(events, Nowhere);
        var sent = Send(window);
        window.Complete(0, sent[0].Slot, out _);
        window.Complete(0, sent[2].Slot, out _);
        window.Refuse(0, sent[3].Slot);
        window.Postpone(0, sent[3].Slot);
        var later = Events(1);
        window.Add(later, Nowhere);

        Assert.Equal(3, window.GoBack(out var epoch));

        Assert.Equal(1, epoch);
        Assert.Equal(0, window.InFlight);
        Assert.Equal([events[1], events[3], events[4], later[0]], Send(window).Select(again => again.Event));
    }

    [Fact]
    public void An_answer_of_an_earlier_epoch_counts_for_nothing()
    {
        var window = new AckWindow(4);
        window.Add(Events(1), Nowhere);
        var first = Send(window)[0];
        window.GoBack(out var epoch);

        Assert.Null(window.Complete(0, first.Slot, out _));
        Assert.Equal(0, window.Refuse(0, first.Slot));
        var again = Send(window)[0];
        Assert.Null(window.Complete(0, again.Slot, out _));
        Assert.Same(Nowhere, window.Complete(epoch, again.Slot, out var stored));
        Assert.Same(first.Event, stored);
        Assert.Null(window.Complete(epoch, again.Slot, out _));
    }

    [Fact]
    public void Refusals_are_counted_over_the_epochs()
    {
        var window = new AckWindow(4);
        window.Add(Events(2), Nowhere);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var sent = Send(window);
            Assert.Equal(attempt, window.Refuse(attempt - 1, sent[0].Slot));
            window.Postpone(attempt - 1, sent[0].Slot);
            Assert.Equal(1, window.InFlight);
            window.GoBack(out _);
        }
    }

    [Fact]
    public void A_refusal_that_does_not_count_is_no_attempt()
    {
        var window = new AckWindow(4);
        window.Add(Events(1), Nowhere);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var sent = Assert.Single(Send(window));
            Assert.Equal(1, window.Refuse(epoch, sent.Slot));
            window.Postpone(epoch, sent.Slot, counts: false);
            Assert.Equal(0, window.InFlight);
            window.GoBack(out _);
        }
    }

    [Fact]
    public void Silence_is_that_of_the_oldest_event_without_an_answer()
    {
        var window = new AckWindow(4);
        window.Add(Events(2), Nowhere);
        Assert.False(window.HasSentBefore(100));
        Assert.True(window.TryNext(10, out var first, out _));
        Assert.True(window.TryNext(20, out _, out _));

        Assert.True(window.HasSentBefore(11));
        Assert.False(window.HasSentBefore(10));
        window.Complete(0, first, out _);
        Assert.False(window.HasSentBefore(20));
        Assert.True(window.HasSentBefore(21));
    }

    [Fact]
    public void After_it_is_closed_nothing_counts()
    {
        var window = new AckWindow(4);
        window.Add(Events(2), Nowhere);
        Assert.True(window.TryNext(0, out var slot, out _));

        window.Close();

        Assert.Null(window.Complete(0, slot, out _));
        Assert.False(window.TryNext(0, out _, out _));
    }

    [Fact]
    public void A_slot_out_of_range_counts_for_nothing()
    {
        var window = new AckWindow(4);

        Assert.Null(window.Complete(0, 0, out _));
        Assert.Null(window.Complete(0, -1, out _));
        Assert.Null(window.Complete(0, 4, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AckWindow(100));
    }

    /// <summary>Any course of adding, sending, answering and going back: each event is completed once, and sent in order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_event_is_completed_exactly_once_whatever_the_course(int seed)
    {
        var random = new Random(seed);
        var window = new AckWindow(16);
        var waiting = new Queue<BufferedEvent>(Events(2_000));
        var all = waiting.ToArray();
        var completed = new List<BufferedEvent>();
        var inFlight = new List<int>();
        var epoch = 0;
        while (completed.Count < all.Length)
        {
            switch (random.Next(8))
            {
                case 0 or 1 or 2 when waiting.Count > 0 && window.Add([waiting.Peek()], Nowhere) == 1:
                    waiting.Dequeue();
                    break;
                case 3 or 4 when window.TryNext(0, out var slot, out _):
                    inFlight.Add(slot);
                    break;
                case 5 or 6 when inFlight.Count > 0:
                    var index = random.Next(inFlight.Count);
                    Assert.NotNull(window.Complete(epoch, inFlight[index], out var bufferedEvent));
                    completed.Add(bufferedEvent);
                    inFlight.RemoveAt(index);
                    break;
                case 7 when random.Next(20) == 0:
                    window.GoBack(out epoch);
                    inFlight.Clear();
                    break;
            }

            Assert.Equal(inFlight.Count, window.InFlight);
        }

        Assert.Equal(all.Select(one => one.Id).Order(), completed.Select(one => one.Id).Order());
    }

    private static BufferedEvent[] Events(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new BufferedEvent { Id = Guid.NewGuid() })];

    private static List<(int Slot, BufferedEvent Event)> Send(AckWindow window)
    {
        var sent = new List<(int, BufferedEvent)>();
        while (window.TryNext(0, out var slot, out var bufferedEvent))
            sent.Add((slot, bufferedEvent));

        return sent;
    }

    private sealed class Outcomes : IPublishOutcomes
    {
        public void Stored(ReadOnlySpan<BufferedEvent> events) => throw new NotSupportedException();

        public void Rejected(BufferedEvent bufferedEvent, string reason) => throw new NotSupportedException();
    }
}
