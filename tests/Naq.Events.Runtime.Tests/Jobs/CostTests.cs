#pragma warning disable CA2016 // The token is not what these jobs are about.

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>A job is charged for what threads do for it, wherever they do it, and for nothing else.</summary>
public sealed class CostTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task A_job_is_not_charged_for_what_runs_beside_it()
    {
        await using var test = new JobsUnderTest();
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var idle = test.Logger.RunJobAsync("idle", test.Options, async (_, _) =>
        {
            begun.SetResult();
            await end.Task;
        });
        await begun.Task;
        await test.Logger.RunJobAsync("busy", test.Options, async (_, _) =>
        {
            Spend(40);
            await Task.Yield();
            Spend(40);
            await Task.Run(() => Spend(40));
        });
        end.SetResult();
        await idle;

        var completed = (await test.StoredAsync()).Where(stored => stored.EventName == "completed").ToDictionary(stored => stored.JobId);
        Assert.InRange(completed["busy"].MemoryMb!.Value, 119, 130);
        Assert.InRange(completed["idle"].MemoryMb!.Value, 0, 4);
        if (completed["busy"].CpuTimeMs is { } busy)
            Assert.InRange(completed["idle"].CpuTimeMs!.Value, 0, busy / 2);
    }

    [Fact]
    public async Task An_outer_job_is_charged_for_a_nested_one()
    {
        await using var test = new JobsUnderTest();
        await test.Logger.RunJobAsync("outer", test.Options, async (_, _) =>
        {
            Spend(20);
            await test.Logger.RunJobAsync("inner", test.Options, async (_, _) => await Task.Run(() => Spend(40)));
            Spend(20);
        });
        var completed = (await test.StoredAsync()).Where(stored => stored.EventName == "completed").ToDictionary(stored => stored.JobId);
        Assert.InRange(completed["inner"].MemoryMb!.Value, 39, 45);
        Assert.InRange(completed["outer"].MemoryMb!.Value, 79, 90);
    }

    private static void Spend(int mebibytes)
    {
        for (var i = 0; i < mebibytes; i++)
            new byte[Mebibyte].AsSpan().Fill(1);
    }
}
