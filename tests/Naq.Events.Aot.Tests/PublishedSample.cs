using Naq.Events.Testing;

namespace Naq.Events.Aot.Tests;

/// <summary>A sample, compiled ahead of time once for all tests.</summary>
/// <param name="name">The folder in <c>samples</c>, and the program.</param>
public abstract class PublishedSample(string name) : IAsyncLifetime
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(15);

    // One after the other, they compile the library once.
    private static readonly SemaphoreSlim Publishing = new(1);
    private static readonly string Build = Path.Combine(RepositoryRoot.Find(), "artifacts", "aot", "build");
    private static bool _hasBuild;

    private readonly string _folder = Path.Combine(RepositoryRoot.Find(), "artifacts", "aot", name);

    /// <summary>Where the publish was put.</summary>
    public string Folder => Path.Combine(_folder, "publish");

    /// <summary>The native program.</summary>
    public string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    /// <summary>How the publish ended, and what it wrote.</summary>
    public ProcessResult Publish { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Publishing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // Built from nothing, and apart from other builds: what is up to date is not compiled again, and says no warnings again.
            Remove(_folder);
            if (!_hasBuild)
                Remove(Build);

            _hasBuild = true;
            await PublishAsync();
        }
        finally
        {
            _ = Publishing.Release();
        }
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

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private async Task PublishAsync() =>
        Publish = await ProcessRunner.RunAsync(
            "dotnet",
            [
                "publish", $"samples/{name}", "--configuration", "Release", "--output", Folder,
                "--artifacts-path", Build, "--disable-build-servers", "--tl:off", "-verbosity:minimal",

                // They have run when this was built to be tested.
                "-p:RunAnalyzers=false",
            ],
            timeout: PublishTimeout,
            environment: new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            cancellationToken: TestContext.Current.CancellationToken);
}
