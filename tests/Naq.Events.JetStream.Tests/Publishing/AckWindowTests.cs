using Naq.Events.JetStream.Publishing;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class AckWindowTests
{
    private readonly Outcomes _outcomes = new();

    [Fact]
    public void Events_are_sent_in_the_order_they_were_added_in()
    {
        var window = new AckWindow(4);
        var events = Events(3);

        Assert.Equal(3, window.Add(events, _outcomes));

        Assert.Equal(events, Send(window).Select(sent => sent.Event));
        Assert.Equal(3, window.InFlight);
        Assert.Equal(3, window.Count);
    }

    [Fact]
    public void No_more_are_taken_than_there_is_room_for()
    {
        var window = new AckWindow(4);

        Assert.Equal(4, window.Add(Events(6), _outcomes));
        Assert.Equal(0, window.Add(Events(1), _outcomes));
        var sent = Send(window);
        Assert.Single(Complete(window, 0, sent[1].Slot));

        // The ring is freed from the oldest on: a gap is not room.
        Assert.Equal(0, window.Add(Events(1), _outcomes));
        Assert.Single(Complete(window, 0, sent[0].Slot));
        Assert.Equal(2, window.Add(Events(3), _outcomes));
    }

    [Fact]
    public async Task Room_is_waited_for()
    {
        var window = new AckWindow(4);
        window.Add(Events(5), _outcomes);
        var sent = Send(window);
        var room = window.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.False(room.IsCompleted);

        Complete(window, 0, sent[0].Slot);

        await room;
        Assert.Equal(1, window.Add(Events(1), _outcomes));
    }

    [Fact]
    public void Going_back_sends_again_what_is_not_acknowledged_in_the_same_order()
    {
        var window = new AckWindow(8);
        var events = Events(5);
        window.Add(events, _outcomes);
        var sent = Send(window);
        Complete(window, 0, sent[0].Slot);
        Complete(window, 0, sent[2].Slot);
        window.Refuse(0, sent[3].Slot);
        window.Postpone(0, sent[3].Slot);
        var later = Events(1);
        window.Add(later, _outcomes);

        Assert.Equal(3, window.GoBack(out var epoch));

        Assert.Equal(1, epoch);
        Assert.Equal(0, window.InFlight);
        Assert.Equal([events[1], events[3], events[4], later[0]], Send(window).Select(again => again.Event));
    }

    [Fact]
    public void Going_back_before_all_was_sent_again_still_counts_all_that_was_ever_sent()
    {
        var window = new AckWindow(8);
        window.Add(Events(4), _outcomes);
        _ = Send(window);
        window.Add(Events(1), _outcomes);

        Assert.Equal(4, window.GoBack(out _));
        Assert.Equal(4, window.GoBack(out var epoch));
        Assert.True(window.TryNext(0, startsGroup: true, out var first));
        _ = Complete(window, epoch, first.Slot);
        Assert.Equal(3, window.GoBack(out _));
    }

    [Fact]
    public void An_answer_of_an_earlier_epoch_counts_for_nothing()
    {
        var window = new AckWindow(4);
        window.Add(Events(1), _outcomes);
        var first = Send(window)[0];
        window.GoBack(out var epoch);

        Assert.Empty(Complete(window, 0, first.Slot));
        Assert.Equal(0, window.Refuse(0, first.Slot));
        var again = Send(window)[0];
        Assert.Empty(Complete(window, 0, again.Slot));
        Assert.Equal([first.Event], Complete(window, epoch, again.Slot));
        Assert.Empty(Complete(window, epoch, again.Slot));
    }

    [Fact]
    public void Refusals_are_counted_over_the_epochs()
    {
        var window = new AckWindow(4);
        window.Add(Events(2), _outcomes);
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
        window.Add(Events(1), _outcomes);
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
        window.Add(Events(2), _outcomes);
        Assert.False(window.HasSentBefore(100));
        Assert.True(window.TryNext(10, startsGroup: true, out var first));
        Assert.True(window.TryNext(20, startsGroup: true, out _));

        Assert.True(window.HasSentBefore(11));
        Assert.False(window.HasSentBefore(10));
        Complete(window, 0, first.Slot);
        Assert.False(window.HasSentBefore(20));
        Assert.True(window.HasSentBefore(21));
    }

    [Fact]
    public void After_it_is_closed_nothing_counts()
    {
        var window = new AckWindow(4);
        window.Add(Events(2), _outcomes);
        Assert.True(window.TryNext(0, startsGroup: true, out var sent));

        window.Close();

        Assert.Empty(Complete(window, 0, sent.Slot));
        Assert.False(window.TryNext(0, startsGroup: true, out _));
    }

    [Fact]
    public void A_slot_out_of_range_counts_for_nothing()
    {
        var window = new AckWindow(4);

        Assert.Empty(Complete(window, 0, 0));
        Assert.Empty(Complete(window, 0, -1));
        Assert.Empty(Complete(window, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AckWindow(100));
    }

    [Fact]
    public void A_group_is_stored_when_all_its_answers_have_come()
    {
        var window = new AckWindow(8);
        var events = Events(3);
        window.Add(events, _outcomes);
        var sent = Send(window, together: true);

        Assert.All(sent, one => Assert.Equal(sent[0].Slot, one.Group));
        Assert.Equal([1, 2, 3], sent.Select(one => one.Number));
        Assert.Empty(Complete(window, 0, sent[0].Group, sent[0].Group));
        Assert.Equal(1, window.InFlight);
        Assert.Equal(events, Complete(window, 0, sent[0].Group));
        Assert.Equal(0, window.Count);
    }

    [Fact]
    public void A_group_that_has_its_answers_takes_no_more_events()
    {
        var window = new AckWindow(8);
        window.Add(Events(2), _outcomes);
        Assert.True(window.TryNext(0, startsGroup: true, out var first));
        Assert.Single(Complete(window, 0, first.Group));

        Assert.True(window.TryNext(0, startsGroup: false, out var second));

        Assert.Equal(second.Slot, second.Group);
        Assert.Single(Complete(window, 0, second.Group));
    }

    [Fact]
    public void Of_a_group_with_a_refusal_all_events_are_sent_again()
    {
        var window = new AckWindow(8);
        var events = Events(3);
        window.Add(events, _outcomes);
        var group = Send(window, together: true)[0].Group;

        Assert.Empty(Complete(window, 0, group));
        Assert.Equal(0, window.Refuse(0, group));
        Assert.Empty(Complete(window, 0, group));

        Assert.Equal(0, window.InFlight);
        Assert.Equal(3, window.GoBack(out var epoch));
        var again = Send(window);
        Assert.Equal(events, again.Select(one => one.Event));
        Assert.Equal(1, window.Refuse(epoch, again[1].Group));
        Assert.Equal([events[0], events[2]], Complete(window, epoch, again[0].Group, again[2].Group));
    }

    [Fact]
    public void An_event_that_cannot_be_sent_leaves_its_group()
    {
        var window = new AckWindow(8);
        var events = Events(3);
        window.Add(events, _outcomes);
        var sent = Send(window, together: true);
        Assert.Empty(Complete(window, 0, sent[0].Group, sent[0].Group));
        var others = new CompletedEvents();

        Assert.Same(_outcomes, window.GiveUp(0, sent[2].Slot, others, out var givenUp));

        Assert.Same(events[2], givenUp);
        Assert.Equal([events[0], events[1]], Completed(others));
        Assert.Equal(0, window.Count);
        Assert.Null(window.GiveUp(0, sent[2].Slot, others, out _));
    }

    [Fact]
    public void A_batch_has_one_answer()
    {
        var window = new AckWindow(8);
        var events = Events(5);
        window.Add(events, _outcomes);
        var group = Send(window, together: true)[0].Group;
        window.MarkBatch(group);

        Assert.Equal(events, Complete(window, 0, group));
        Assert.Equal(0, window.InFlight);
    }

    [Fact]
    public void A_batch_that_is_refused_is_sent_again_whole()
    {
        var window = new AckWindow(8);
        window.Add(Events(5), _outcomes);
        var group = Send(window, together: true)[0].Group;

        window.MarkBatch(group);

        Assert.Equal(0, window.Refuse(0, group));

        Assert.Equal(0, window.InFlight);
        Assert.Equal(5, window.GoBack(out _));
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
                case 0 or 1 or 2 when waiting.Count > 0 && window.Add([waiting.Peek()], _outcomes) == 1:
                    waiting.Dequeue();
                    break;
                case 3 or 4 when window.TryNext(0, startsGroup: random.Next(3) == 0, out var sent):
                    inFlight.Add(sent.Group);
                    break;
                case 5 or 6 when inFlight.Count > 0:
                    var index = random.Next(inFlight.Count);
                    completed.AddRange(Complete(window, epoch, inFlight[index]));
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

    private static List<SentEvent> Send(AckWindow window, bool together = false)
    {
        var all = new List<SentEvent>();
        while (window.TryNext(0, startsGroup: !together || all.Count == 0, out var sent))
            all.Add(sent);

        return all;
    }

    private List<BufferedEvent> Complete(AckWindow window, int epoch, params int[] groups)
    {
        var outcomes = new CompletedEvents();
        window.Complete(epoch, groups, outcomes);
        return Completed(outcomes);
    }

    private List<BufferedEvent> Completed(CompletedEvents outcomes)
    {
        _outcomes.All.Clear();
        outcomes.ReportStored();
        return [.. _outcomes.All];
    }

    private sealed class Outcomes : IPublishOutcomes
    {
        public List<BufferedEvent> All { get; } = [];

        public void Stored(ReadOnlySpan<BufferedEvent> events) => All.AddRange(events);

        public void Rejected(BufferedEvent bufferedEvent, string reason) => throw new NotSupportedException();
    }
}
