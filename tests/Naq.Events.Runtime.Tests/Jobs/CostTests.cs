#pragma warning disable CA2016 // The token is not what these jobs are about.

using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Jobs;

/// <summary>A job is charged for what threads do for it, wherever they do it, and for nothing else.</summary>
public sealed class CostTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public Task A_job_is_not_charged_for_what_runs_beside_it() => InOneOfSomeRunsAsync(async test =>
    {
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

        var completed = await CompletedAsync(test);
        Assert.InRange(completed["idle"].MemoryMb!.Value, 0, 4);
        if (completed["busy"].CpuTimeMs is { } busy)
            Assert.InRange(completed["idle"].CpuTimeMs!.Value, 0, busy / 2);

        Assert.InRange(completed["busy"].MemoryMb!.Value, 0, 130);
        return completed["busy"].MemoryMb >= 119;
    });

    [Fact]
    public Task An_outer_job_is_charged_for_a_nested_one() => InOneOfSomeRunsAsync(async test =>
    {
        await test.Logger.RunJobAsync("outer", test.Options, async (_, _) =>
        {
            Spend(20);
            await test.Logger.RunJobAsync("inner", test.Options, async (_, _) => await Task.Run(() => Spend(40)));
            Spend(20);
        });
        var completed = await CompletedAsync(test);
        Assert.InRange(completed["inner"].MemoryMb!.Value, 39, 45);
        Assert.InRange(completed["outer"].MemoryMb!.Value, 0, 90);
        return completed["outer"].MemoryMb >= 79;
    });

    /// <summary>
    /// What another thread is in the middle of when a job ends is not counted: on a busy machine, that may be one that has handed the job
    /// on and not left it yet.
    /// </summary>
    private static Task InOneOfSomeRunsAsync(Func<JobsUnderTest, Task<bool>> isWholeAsync) => Eventually.TrueAsync(
        async () =>
        {
            await using var test = new JobsUnderTest();
            return await isWholeAsync(test);
        },
        null,
        "each thread's part is charged");

    private static async Task<Dictionary<string, JobEvent>> CompletedAsync(JobsUnderTest test) =>
        (await test.StoredAsync()).Where(stored => stored.EventName == "completed").ToDictionary(stored => stored.JobId);

    private static void Spend(int mebibytes)
    {
        for (var i = 0; i < mebibytes; i++)
            new byte[Mebibyte].AsSpan().Fill(1);
    }
}
