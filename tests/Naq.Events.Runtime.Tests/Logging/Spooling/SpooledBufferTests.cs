using System.Text;
using Naq.Events.Logging;
using Naq.Events.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

/// <summary>The buffer with a spool, of which it holds ten events in memory.</summary>
public sealed class SpooledBufferTests : IDisposable
{
    private const int Capacity = 10;

    private readonly SpoolFolder _folder = new();
    private readonly CountingPool _pool = new();
    private readonly EventBuffer _buffer;
    private EventSpool? _spool;
    private int _count;

    public SpooledBufferTests()
    {
        _buffer = new EventBuffer(Capacity, _pool, TimeProvider.System);
        _buffer.OpenSpool(gate => _spool = _folder.Open(maxBytes: 1 << 14, dropsOldest: true, gate: gate));
    }

    public void Dispose()
    {
        Assert.Empty(_buffer.Abandon(out _));
        _pool.AssertBalanced();
        _spool!.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_empty_when_nothing_is_left_in_memory_and_on_disk()
    {
        Assert.True(_buffer.IsEmpty);
        for (var i = 0; i < Capacity * 3; i++)
        {
            Log();
            Assert.False(_buffer.IsEmpty);
        }

        Assert.Equal(Enumerable.Range(1, Capacity * 3), StoreAll());
        Assert.True(_buffer.IsEmpty);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(70)]
    public void A_flush_does_not_wait_for_what_was_dropped_from_the_spool(int before)
    {
        LogMany(before);
        var flush = _buffer.BeginFlush();
        for (var unread = -1L; unread < _spool!.Unread; Log())
            unread = _spool.Unread;

        // What is dropped is told of once.
        LogMany(3);
        Assert.False(flush.Completion.IsCompleted);

        var dropped = Enumerable.Range(1, _count).Except(StoreAll()).ToList();

        Assert.NotEmpty(dropped);
        Assert.Equal(before > 20, dropped.Min() <= before);
        Assert.True(flush.Completion.IsCompleted);
        var result = _buffer.EndFlush(flush);
        var remaining = dropped.Count(number => number <= before);
        Assert.Equal((before - remaining, remaining), (result.Stored, result.Remaining));
    }

    [Fact]
    public void A_flush_does_not_wait_for_an_event_that_is_lost_in_damage()
    {
        LogMany(30);
        var flush = _buffer.BeginFlush();
        Damage("{\"n\":30}"u8);

        Assert.Equal(Enumerable.Range(1, 29), StoreAll());

        Assert.True(flush.Completion.IsCompleted);
        var result = _buffer.EndFlush(flush);
        Assert.Equal((29, 1), (result.Stored, result.Remaining));
    }

    private void Damage(ReadOnlySpan<byte> written)
    {
        foreach (var segment in _folder.Segments)
        {
            using var file = new FileStream(segment, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(written) is var position and >= 0)
            {
                file.Position = position;
                file.WriteByte((byte)'[');
                return;
            }
        }

        Assert.Fail("No segment holds it.");
    }

    private void LogMany(int count)
    {
        for (var i = 0; i < count; i++)
            Log();
    }

    private void Log()
    {
        var number = ++_count;
        var payload = SpoolFolder.Payload(number, 60);
        var written = new WrittenEvent(Encoding.ASCII.GetBytes(payload + "subject"), payload.Length, SpoolFolder.Id(number), null);
        Assert.Equal(EnqueueResult.Spooled, _buffer.Enqueue(in written, overflow: null, out _));
    }

    /// <summary>Takes all that is there, and has it stored.</summary>
    private List<int> StoreAll()
    {
        var stored = new List<int>();
        var batch = new BufferedEvent[7];
        while (_buffer.Take(batch) is var count and > 0)
        {
            stored.AddRange(batch.Take(count).Select(static taken => BitConverter.ToInt32(taken.Id.ToByteArray())));
            _buffer.Resolve(batch.AsSpan(0, count), stored: true);
        }

        return stored;
    }
}
