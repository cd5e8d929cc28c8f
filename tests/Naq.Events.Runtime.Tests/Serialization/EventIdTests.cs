using System.Collections.Concurrent;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

public sealed class EventIdTests
{
    [Fact]
    public void It_is_a_UUID_of_version_7_with_the_events_time()
    {
        var time = new DateTimeOffset(2026, 11, 23, 17, 45, 10, 123, TimeSpan.Zero);
        for (var i = 0; i < 1_000; i++)
        {
            var id = EventId.Create(time);
            Assert.Equal(7, id.Version);
            Assert.InRange(id.Variant, 8, 11);
            var bytes = id.ToByteArray(bigEndian: true);
            Assert.Equal(time.ToUnixTimeMilliseconds(), (long)bytes.Take(6).Aggregate(0UL, static (all, one) => (all << 8) | one));
        }
    }

    [Fact]
    public void No_two_are_the_same_on_any_thread()
    {
        var ids = new ConcurrentDictionary<Guid, int>();
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 20_000; i++)
                Assert.True(ids.TryAdd(EventId.Create(DateTimeOffset.UnixEpoch), thread));
        });
        Assert.Equal(160_000, ids.Count);
    }

    [Fact]
    public void All_bits_but_those_of_the_version_and_the_variant_are_random()
    {
        var seen = new int[128];
        const int Count = 4_000;
        for (var i = 0; i < Count; i++)
        {
            var bytes = EventId.Create(DateTimeOffset.UnixEpoch).ToByteArray(bigEndian: true);
            for (var bit = 0; bit < 128; bit++)
                seen[bit] += (bytes[bit / 8] >> (7 - (bit % 8))) & 1;
        }

        // Twelve standard deviations around the half: not once in the life of the universe by chance.
        foreach (var bit in Enumerable.Range(52, 12).Concat(Enumerable.Range(66, 62)))
            Assert.InRange(seen[bit], (Count / 2) - 380, (Count / 2) + 380);
    }
}
