using Microsoft.Extensions.Time.Testing;
using Naq.Events.JetStream;

namespace Naq.Events.JetStream.Tests;

public sealed class ReadAheadTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(50, 1, 1_000)]
    [InlineData(50, 5, 200)]
    [InlineData(50, 4, 250)]
    [InlineData(50, 10, 100)]
    [InlineData(50, 5_000, 100)]
    [InlineData(0, 1, 100)]
    [InlineData(5_000, 0, 100)]
    public void As_many_are_asked_for_as_are_taken_in_a_short_time_within_the_limits(int taken, int milliseconds, int messages)
    {
        var ahead = new ReadAhead(100, 1_000, _time);
        Assert.Equal(100, ahead.Messages);

        Take(ahead, taken, milliseconds);

        Assert.Equal(messages, ahead.Messages);
    }

    [Fact]
    public void Only_what_was_taken_since_the_last_time_counts()
    {
        var ahead = new ReadAhead(100, 1_000, _time);

        Take(ahead, 500, milliseconds: 20);
        Assert.Equal(500, ahead.Messages);
        Take(ahead, 250, milliseconds: 1_000);
        Assert.Equal(100, ahead.Messages);
        Take(ahead, 50, milliseconds: 2);
        Assert.Equal(500, ahead.Messages);
    }

    [Fact]
    public void A_fixed_number_stays()
    {
        var ahead = new ReadAhead(7, 7, _time);

        Take(ahead, 1_000, milliseconds: 1);

        Assert.Equal((7, 7), (ahead.Messages, ahead.Most));
    }

    private void Take(ReadAhead ahead, int messages, int milliseconds)
    {
        for (var i = 0; i < messages; i++)
            ahead.Read();

        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        ahead.Adapt();
    }
}
