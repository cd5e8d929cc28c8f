using Microsoft.Extensions.Time.Testing;
using Naq.Events.Logging.Spooling;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

public sealed class SpoolLimitTests : IDisposable
{
    private const int Unavailable = 120;
    private const int Available = 121;

    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_spool_refuses_says_so_once_and_takes_events_again_when_there_is_room()
    {
        var gate = new Lock();
        using var spool = _folder.Open(maxBytes: 1 << 14, gate: gate);
        Fill(spool, gate);
        Assert.InRange(_folder.Bytes, 1 << 13, 1 << 14);
        for (var i = 0; i < 100; i++)
            Assert.False(spool.Append());

        await Eventually.TrueAsync(() => _folder.Log.Of(Unavailable).Count == 1, null, "it is said");
        Assert.Contains("MaxBytes is 16384", _folder.Log.Of(Unavailable)[0], StringComparison.Ordinal);

        var all = spool.ReadAll();
        lock (gate)
            spool.Acknowledge(all[^1] / 2);

        Assert.True(spool.Append());
        await Eventually.TrueAsync(() => _folder.Log.Of(Available).Count == 1, null, "it is said");
        Assert.Single(spool.ReadAll());
    }

    [Fact]
    public async Task DropsOldest_drops_a_segment_that_was_not_begun_and_reports_its_events()
    {
        var gate = new Lock();
        var appended = 0;
        List<long> read;
        using (var spool = _folder.Open(maxBytes: 1 << 14, dropsOldest: true, gate: gate))
        {
            for (; appended < 1_000; appended++)
            {
                lock (gate)
                    Assert.True(spool.Append());
            }

            await Eventually.TrueAsync(
                () => _folder.Bytes <= 1 << 14, null, "what was dropped is removed");
            lock (gate)
                read = spool.ReadAll();
        }

        // The first segment is being read: events of it may have been sent.
        Assert.Equal(1, read[0]);
        Assert.Equal(1_000, read[^1]);
        Assert.Equal(read.Order(), read);
        Assert.Equal(1_000, read.Count + _folder.Dropped.Count);
        Assert.Empty(_folder.Dropped.Intersect(read.Select(static order => SpoolFolder.Id((int)order))));
    }

    [Fact]
    public void An_event_larger_than_a_segment_is_refused()
    {
        using var spool = _folder.Open();
        Assert.False(spool.Append(payloadLength: 5_000));
        Assert.True(spool.Append());
    }

    [Fact]
    public void Two_processes_with_one_directory_have_places_of_their_own()
    {
        using var first = _folder.Open();
        using var second = _folder.Open();
        Assert.NotEqual(first.Directory, second.Directory);
        first.Append();
        Assert.Empty(second.ReadAll());
    }

    [Fact]
    public void What_another_process_has_left_is_taken_over()
    {
        using (var first = _folder.Open())
        {
            using var second = _folder.Open();
            first.Append(1, 20, isRead: false, trace: null);
            for (var i = 2; i <= 200; i++)
                second.Append(i, 20, isRead: false, trace: null);

            second.Take(50);
            second.Acknowledge(10);
        }

        using var next = _folder.Open();
        Assert.Equal(191, next.Unread);
        var maybeStored = 0;
        var orders = new List<Guid>();
        while (next.TryRead(out var spooled))
        {
            maybeStored += spooled.MaybeStored ? 1 : 0;
            orders.Add(spooled.Written.Id);
        }

        Assert.Equal(40, maybeStored);
        Assert.Equal([SpoolFolder.Id(1), .. Enumerable.Range(11, 190).Select(SpoolFolder.Id)], orders);
        using var other = _folder.Open();
        Assert.Empty(other.ReadAll());
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_explained()
    {
        File.WriteAllText(_folder.Path, "in the way");
        var failure = Assert.Throws<SpoolException>(() => _folder.Open());
        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_may_not_be_written_is_explained()
    {
        // Permissions do not bind root; the kernel's own file system does.
        var directory = Environment.IsPrivilegedProcess ? "/proc/naq-events" : Path.Combine(_folder.Path, "closed");
        if (!Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var failure = Assert.Throws<SpoolException>(() => _folder.Open(directory: directory));
        Assert.Contains(directory, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fails_is_reported_and_tried_again_after_a_second()
    {
        var time = new FakeTimeProvider();
        var gate = new Lock();
        using var spool = _folder.Open(gate: gate, timeProvider: time);
        var slot = spool.Directory;
        lock (gate)
            spool.Append();

        await Eventually.TrueAsync(() => _folder.Segments.Length == 2, null, "the spare is there");
        Directory.Move(slot, slot + ".gone");
        lock (gate)
        {
            var appended = 0;
            while (spool.Append())
                Assert.True(++appended < 1_000);
        }

        await Eventually.TrueAsync(() => _folder.Log.Of(Unavailable).Count == 1, null, "it is said");
        Assert.Contains(slot, _folder.Log.Of(Unavailable)[0], StringComparison.Ordinal);
        Directory.Move(slot + ".gone", slot);
        lock (gate)
        {
            Assert.False(spool.Append());
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(spool.Append());
        }
    }

    [Fact]
    public void A_full_disk_is_explained()
    {
        // A file system that is always full.
        Assert.True(File.Exists("/dev/full"));
        var failure = Assert.ThrowsAny<IOException>(static () => File.WriteAllBytes("/dev/full", new byte[10]));
        Assert.True(SpoolException.IsDiskFull(failure));
        Assert.Contains("is full", SpoolException.Of(failure, "/var/spool").Message, StringComparison.Ordinal);
    }

    private static void Fill(EventSpool spool, Lock gate)
    {
        lock (gate)
        {
            var appended = 0;
            while (spool.Append())
                Assert.True(++appended < 10_000);
        }
    }
}
