using Naq.Events.Testing;

namespace Naq.Events.Samples.Tests;

public sealed class EmbeddedRunTests
{
    private static readonly string[] Retried =
    [
        "enqueued", "dequeued", "started", "failed", "retry_scheduled",
        "dequeued", "started", "failed", "retry_scheduled",
        "dequeued", "started", "failed", "max_retries_exceeded",
    ];

    [Fact]
    public async Task Every_file_is_hashed_and_every_event_is_counted()
    {
        using var folder = JobFolder.OfEveryKind();

        var run = await Sample.RunAsync("--path", folder.Path, "--workers", "3");

        Report.IsComplete(run, folder);
        var lines = run.Output.Split('\n');
        var files = folder.Readable.Count + folder.Unreadable.Count;
        Assert.Equal($"SHA-256 of {files} files under {folder.Path}, 3 at once.", lines[0]);
        Assert.Contains("embedded store", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_of_a_job_that_was_tried_again()
    {
        using var folder = JobFolder.OfEveryKind();

        var run = await Sample.RunAsync("--path", folder.Path);

        var timeline = run.Output[run.Output.IndexOf("All events of ", StringComparison.Ordinal)..].Split('\n');
        Assert.Contains(folder.Unreadable, jobId => timeline[0].Trim() == $"All events of {jobId}");
        var rows = timeline.Skip(4).TakeWhile(line => !line.StartsWith('└'))
            .Select(line => line.Split('│', StringSplitOptions.TrimEntries));
        Assert.Equal(Retried, rows.Select(row => row[2]));
    }

    [Fact]
    public async Task The_slowest_five_are_shown()
    {
        using var folder = JobFolder.OfMany(20);

        var run = await Sample.RunAsync("--path", folder.Path);

        var slowest = run.Output[run.Output.IndexOf("The slowest jobs", StringComparison.Ordinal)..].Split('\n');
        Assert.Equal(5, slowest.Skip(4).TakeWhile(line => !line.StartsWith('└')).Count());
    }

    [Fact]
    public async Task The_repository_is_the_default_folder()
    {
        var root = RepositoryRoot.Find();

        var inside = await Sample.RunInAsync(Path.Combine(root, "tests"));
        var outside = await Sample.RunInAsync(Path.GetTempPath());

        foreach (var run in new[] { inside, outside })
        {
            Assert.Equal(0, run.ExitCode);
            Assert.Contains($" files under {root}, ", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_empty_folder_is_no_failure()
    {
        var folder = Directory.CreateTempSubdirectory("naq-files-");
        try
        {
            var run = await Sample.RunAsync("--path", folder.FullName);

            Assert.Equal(0, run.ExitCode);
            Assert.Contains("Equal: 0 events", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public async Task A_terminal_shows_a_bar_that_comes_to_its_end()
    {
        using var folder = JobFolder.OfMany(200);

        var run = await Sample.RunOnTerminalAsync("--path", folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("100%", run.Output, StringComparison.Ordinal);
        Assert.Contains("200 of 200 files hashed", run.Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var run = await Sample.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        foreach (var option in new[] { "--path <DIR>", "--nats <URL>", "--workers <N>" })
            Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }
}
