using Naq.Events.Testing;

namespace Naq.Events.Engineering.Tests.Testing;

public sealed class ProcessRunnerTests
{
    [Fact]
    public async Task It_returns_the_exit_code_and_both_outputs()
    {
        var result = await ProcessRunner.RunAsync(
            "sh",
            ["-c", "echo $GREETING; echo aside >&2; exit 3"],
            environment: new Dictionary<string, string?> { ["GREETING"] = "hello" },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(new ProcessResult(3, "hello\n", "aside\n"), result);
        Assert.Throws<InvalidOperationException>(result.EnsureSuccess);
    }

    [Fact]
    public async Task Past_its_time_a_process_is_killed_with_what_it_started()
    {
        var folder = Directory.CreateTempSubdirectory("naq-runner-").FullName;
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => ProcessRunner.RunAsync(
            "sh",
            ["-c", "echo started; (sleep 3; touch late) & wait"],
            workingDirectory: folder,
            timeout: TimeSpan.FromSeconds(1),
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("started", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => Eventually.TrueAsync(
            () => File.Exists(Path.Combine(folder, "late")), TimeSpan.FromSeconds(3), "the grandchild is gone"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_condition_that_never_holds_fails_with_the_reason_and_the_condition()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => Eventually.TrueAsync(() => 1 > 2, TimeSpan.FromMilliseconds(50), "numbers change"));

        Assert.Contains("numbers change", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1 > 2", failure.Message, StringComparison.Ordinal);
    }
}
