using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

public sealed class EventSpoolTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_is_read_in_order_by_the_next_process()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 500; i++)
                Assert.True(spool.Append());

            Assert.Equal(500, spool.Unread);
        }

        using var next = _folder.Open();
        Assert.Equal(500, next.Unread);
        Assert.Equal(Orders(1, 500), next.ReadAll());
        Assert.Equal(0, next.Unread);
        Assert.Equal(500, next.LastOrder);
    }

    [Fact]
    public void All_parts_of_an_event_come_back()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using (var spool = _folder.Open(timeProvider: time))
            Assert.True(spool.Append(trace: Trace));

        using var next = _folder.Open();
        Assert.True(next.TryRead(out var spooled));
        Assert.Equal(Trace, spooled.Written.TraceParent);
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), spooled.Time);
        Assert.Equal(SpoolFolder.Id(1), spooled.Written.Id);
        Assert.Equal(1, spooled.Order);
    }

    [Fact]
    public void Only_what_is_not_acknowledged_comes_back_and_what_was_taken_is_known()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 300; i++)
                spool.Append();

            spool.Take(200);
            spool.Acknowledge(120);
        }

        using var next = _folder.Open();
        Assert.Equal(120, next.Acknowledged);
        Assert.Equal(200, next.TakenBefore);
        Assert.Equal(180, next.Unread);
        Assert.Equal(Orders(121, 180), next.ReadAll());
    }

    [Fact]
    public void What_the_owner_keeps_in_memory_is_not_read_again_but_comes_back_in_the_next_process()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 100; i++)
                spool.Append(isRead: true);

            Assert.Equal(0, spool.Unread);
            spool.Append();
            Assert.Equal([101], spool.ReadAll());
        }

        using var next = _folder.Open();
        Assert.Equal(Orders(1, 101), next.ReadAll());
    }

    [Fact]
    public async Task Segments_whose_events_are_all_acknowledged_are_removed()
    {
        using var spool = _folder.Open();
        for (var i = 0; i < 500; i++)
            spool.Append(isRead: true);

        Assert.True(_folder.Segments.Length > 5);
        spool.Acknowledge(500);
        await Eventually.TrueAsync(() => _folder.Segments.Length <= 2, null, "one is written to, one may be ready");
        spool.Dispose();
        Assert.Empty(_folder.Segments);

        using var next = _folder.Open();
        Assert.Equal(500, next.LastOrder);
        Assert.Empty(next.ReadAll());
    }

    [Fact]
    public void Many_starts_that_log_little_use_one_segment()
    {
        for (var i = 0; i < 20; i++)
        {
            using var spool = _folder.Open();
            Assert.True(spool.Append());
        }

        Assert.Single(_folder.Segments);
        using var last = _folder.Open();
        Assert.Equal(Orders(1, 20), last.ReadAll());
    }

    [Fact]
    public void Orders_may_leave_gaps()
    {
        using (var spool = _folder.Open())
        {
            spool.Append(5, 20, isRead: false, trace: null);
            spool.Append(900, 20, isRead: false, trace: null);
        }

        using var next = _folder.Open();
        Assert.Equal([5, 900], next.ReadAll());
    }

    [Fact]
    public async Task A_segment_is_made_ready_before_it_is_needed()
    {
        using var spool = _folder.Open();
        spool.Append();
        await Eventually.TrueAsync(() => _folder.Segments.Length == 2, null, "the next one is there");
    }

    [Fact]
    public async Task Flushing_to_the_disk_goes_on_while_segments_come_and_go()
    {
        var time = new FakeTimeProvider();
        var gate = new Lock();
        using var spool = _folder.Open(gate: gate, timeProvider: time, flushInterval: TimeSpan.FromSeconds(1));
        for (var i = 0; i < 1_000; i++)
        {
            lock (gate)
            {
                spool.Append(isRead: true);
                spool.Acknowledge(spool.LastOrder - 10);
            }

            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(() => _folder.Segments.Length <= 3, null, "the others are removed");
        Assert.Empty(_folder.Log.Lines);
    }

    private static IEnumerable<long> Orders(int first, int count) => Enumerable.Range(first, count).Select(static order => (long)order);
}
