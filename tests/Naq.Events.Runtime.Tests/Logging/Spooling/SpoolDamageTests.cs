using CsCheck;
using Naq.Events.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

public sealed class SpoolDamageTests : IDisposable
{
    private const int Damaged = 122;

    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_ends_anywhere_in_its_last_record_gives_all_before_it()
    {
        const int Events = 5;
        using (var spool = _folder.Open(maxBytes: 1 << 16, segmentBytes: 1 << 14))
        {
            for (var i = 0; i < Events; i++)
                spool.Append();
        }

        var (begin, end) = LastRecord(_folder.Segments.Single());
        for (var length = begin; length < end; length++)
        {
            var copy = _folder.Copy();
            using (var file = new FileStream(Directory.GetFiles(copy, "*.events", SearchOption.AllDirectories).Single(), FileMode.Open))
                file.SetLength(length);

            using var torn = _folder.Open(directory: copy);
            Assert.Equal([1, 2, 3, 4], torn.ReadAll());
            Assert.True(torn.Append());
            Assert.Single(torn.ReadAll());
        }
    }

    [Fact]
    public void A_record_that_was_not_finished_is_passed_over_in_silence_and_written_over()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 5; i++)
                spool.Append();
        }

        // The length is written last: a process that ends before has left the rest only.
        var segment = _folder.Segments.Single();
        var (begin, _) = LastRecord(segment);
        Overwrite(segment, begin, new byte[4]);

        using (var next = _folder.Open())
        {
            Assert.Equal([1, 2, 3, 4], next.ReadAll());
            Assert.True(next.Append(payloadLength: 3));
        }

        using var last = _folder.Open();
        Assert.Equal([1, 2, 3, 4, 5], last.ReadAll());
        Assert.Empty(_folder.Log.Lines);
    }

    [Fact]
    public void One_damaged_byte_costs_one_event_at_most_and_is_reported_with_file_and_offset()
    {
        using (var spool = _folder.Open(maxBytes: 1 << 16, segmentBytes: 1 << 14))
        {
            for (var i = 0; i < 40; i++)
                spool.Append(payloadLength: i);
        }

        var (_, end) = LastRecord(_folder.Segments.Single());
        Gen.Select(Gen.Int[SpoolSegment.FirstPosition, end - 1], Gen.Byte[1, 255]).Sample((offset, change) =>
        {
            using var folder = new SpoolFolder();
            var copy = _folder.Copy();
            var segment = Directory.GetFiles(copy, "*.events", SearchOption.AllDirectories).Single();
            var bytes = File.ReadAllBytes(segment);
            Overwrite(segment, offset, [(byte)(bytes[offset] ^ change)]);

            var spool = folder.Open(directory: copy);
            var read = spool.ReadAll();
            spool.Dispose();
            Assert.InRange(read.Count, 39, 40);
            Assert.Equal(read.Order(), read);
            if (read.Count == 39 && read[^1] == 40)
                Assert.Contains(segment, Assert.Single(folder.Log.Of(Damaged)), StringComparison.Ordinal);
        }, iter: 300);
    }

    [Fact]
    public void A_segment_that_is_none_is_set_aside()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 300; i++)
                spool.Append();
        }

        var second = _folder.Segments[1];
        Overwrite(second, 3, [0xFF]);
        List<long> read;
        using (var next = _folder.Open())
            read = next.ReadAll();

        Assert.InRange(read.Count, 200, 299);
        Assert.Equal(300, read[^1]);
        Assert.Contains(second, Assert.Single(_folder.Log.Of(Damaged)), StringComparison.Ordinal);
        Assert.True(File.Exists(second + ".damaged"));
        using var last = _folder.Open();
        Assert.Equal(read, last.ReadAll());
        Assert.Single(_folder.Log.Of(Damaged));
    }

    [Fact]
    public void Without_its_position_everything_comes_back_and_may_have_been_sent()
    {
        using (var spool = _folder.Open())
        {
            for (var i = 0; i < 10; i++)
                spool.Append();

            spool.Acknowledge(5);
        }

        Overwrite(_folder.Files("position").Single(), 0, [0]);
        using var next = _folder.Open();
        Assert.Equal(10, next.TakenBefore);
        Assert.Equal(10, next.ReadAll().Count);
    }

    private static void Overwrite(string path, int offset, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, bytes, offset);
    }

    private static (int Begin, int End) LastRecord(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var position = SpoolSegment.FirstPosition;
        while (true)
        {
            var length = BitConverter.ToInt32(bytes, position);
            var next = position + SpoolRecord.Padded(length);
            if (BitConverter.ToInt32(bytes, next) <= 0)
                return (position, position + length);

            position = next;
        }
    }
}
