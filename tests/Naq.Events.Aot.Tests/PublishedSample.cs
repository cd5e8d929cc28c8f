using Naq.Events.Testing;

namespace Naq.Events.Aot.Tests;

/// <summary>A sample, compiled ahead of time once for all tests.</summary>
/// <param name="name">The folder in <c>samples</c>, and the program.</param>
public abstract class PublishedSample(string name) : IAsyncLifetime
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(15);

    private readonly string _folder = Path.Combine(RepositoryRoot.Find(), "artifacts", "aot", name);

    /// <summary>Where the publish was put.</summary>
    public string Folder => Path.Combine(_folder, "publish");

    /// <summary>The native program.</summary>
    public string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    /// <summary>How the publish ended, and what it wrote.</summary>
    public ProcessResult Publish { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Built from nothing, and apart from other builds: what is up to date is not compiled again, and says no warnings again.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);

        Publish = await ProcessRunner.RunAsync(
            "dotnet",
            [
                "publish", $"samples/{name}", "--configuration", "Release", "--output", Folder,
                "--artifacts-path", Path.Combine(_folder, "build"), "--disable-build-servers", "--tl:off", "-verbosity:minimal",
            ],
            timeout: PublishTimeout,
            environment: new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the native program, without a .NET that it could lean on.</summary>
    public Task<ProcessResult> RunAsync(params IEnumerable<string> arguments)
    {
        AssertPublished();
        return ProcessRunner.RunAsync(
            Program,
            arguments,
            Path.GetTempPath(),
            environment: new Dictionary<string, string?> { ["DOTNET_ROOT"] = null, ["PATH"] = null },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>It published, and into one native program.</summary>
    public void AssertPublished()
    {
        Assert.True(Publish.ExitCode == 0, Publish.Output + Publish.Error);
        Assert.True(File.Exists(Program), Publish.Output);
        Assert.Empty(Directory.GetFiles(Folder, "*.dll"));
    }

    /// <summary>Nothing it uses, ours or not, warned of what cannot be compiled ahead of time.</summary>
    public void AssertNoWarning() =>
        Assert.DoesNotContain("warning", Publish.Output + Publish.Error, StringComparison.OrdinalIgnoreCase);
}
