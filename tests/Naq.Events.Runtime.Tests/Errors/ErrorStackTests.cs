using System.Text;
using Naq.Events.CompilerServices;
using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Errors;

public sealed class ErrorStackTests
{
    [Fact]
    public async Task Generated_methods_and_factories_store_the_stack_and_the_fingerprint()
    {
        var store = new RecordingStore();
        await using var test = new LoggerUnderTest(store);
        var error = Assert.Throws<InvalidOperationException>(() => Deep(3));
        test.Logger.LogJobFailed("job", "w", error, 1);
        test.Logger.Log(JobEvents.Failed("job", "w", error, 1));
        Assert.True((await test.Logger.FlushAsync()).Completed);
        foreach (var stored in store.Events)
        {
            Assert.Equal(JobEventText.ErrorFingerprint(error), stored.ErrorFingerprint);
            Assert.Equal(JobEventText.ErrorStack(error), stored.ErrorStack);
        }

        Assert.StartsWith("   at Naq.Events.Runtime.Tests.Errors.ErrorStackTests.Deep(", store.Events[0].ErrorStack, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_stack_is_cut_at_the_end_of_a_line()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Deep(2_000));
        Assert.True(error.StackTrace!.Length > JobEventLimits.ErrorStackBytes);

        var stack = JobEventText.ErrorStack(error)!;
        Assert.InRange(Encoding.UTF8.GetByteCount(stack), JobEventLimits.ErrorStackBytes - 1_000, JobEventLimits.ErrorStackBytes);
        var lines = stack.Split('\n');
        Assert.Equal("…[cut]", lines[^1]);
        Assert.Equal(error.StackTrace!.Split('\n').Take(lines.Length - 1), lines[..^1]);
    }

    [Fact]
    public void One_endless_line_is_cut_at_a_character()
    {
        var stack = JobEventText.ErrorStack(new OneLine())!;
        Assert.EndsWith("😀…[cut]", stack, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(stack), JobEventLimits.ErrorStackBytes - 20, JobEventLimits.ErrorStackBytes);
    }

    [Fact]
    public void Inner_errors_stand_behind_the_outer()
    {
        var inner = Assert.Throws<InvalidOperationException>(() => Deep(0));
        var stack = JobEventText.ErrorStack(new IOException("outer", inner))!;
        Assert.StartsWith(" ---> System.InvalidOperationException: deep\n   at ", stack, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_thrown_has_no_stack() => Assert.Null(JobEventText.ErrorStack(new IOException("x")));

    [Fact]
    public void A_stack_that_throws_is_no_trouble() =>
        Assert.Contains("could not be read", JobEventText.ErrorStack(new Unreadable()), StringComparison.Ordinal);

    private static void Deep(int depth)
    {
        if (depth == 0)
            throw new InvalidOperationException("deep");

        Deep(depth - 1);
        GC.KeepAlive(depth);
    }

    private sealed class OneLine : Exception
    {
        public override string StackTrace { get; } = string.Concat(Enumerable.Repeat("😀", 20_000));
    }

    private sealed class Unreadable : Exception
    {
        public override string StackTrace => throw new InvalidOperationException();
    }
}
