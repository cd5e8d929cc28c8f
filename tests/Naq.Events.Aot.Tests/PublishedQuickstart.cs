using Naq.Events.Testing;

[assembly: AssemblyFixture(typeof(Naq.Events.Aot.Tests.PublishedQuickstart))]

namespace Naq.Events.Aot.Tests;

/// <summary>The quickstart, compiled ahead of time once for all tests.</summary>
public sealed class PublishedQuickstart : IAsyncLifetime
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(15);

    private readonly string _folder = Path.Combine(RepositoryRoot.Find(), "artifacts", "aot");

    /// <summary>Where the publish was put.</summary>
    public string Folder => Path.Combine(_folder, "publish");

    /// <summary>The native program.</summary>
    public string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? "Quickstart.exe" : "Quickstart");

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
                "publish", "samples/Quickstart", "--configuration", "Release", "--output", Folder,
                "--artifacts-path", Path.Combine(_folder, "build"), "--disable-build-servers", "--tl:off", "-verbosity:minimal",
            ],
            timeout: PublishTimeout,
            environment: new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs the native program, without a .NET that it could lean on.</summary>
    public Task<ProcessResult> RunAsync(params IEnumerable<string> arguments)
    {
        Assert.True(Publish.ExitCode == 0, Publish.Output + Publish.Error);
        return ProcessRunner.RunAsync(
            Program,
            arguments,
            Path.GetTempPath(),
            environment: new Dictionary<string, string?> { ["DOTNET_ROOT"] = null, ["PATH"] = null },
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
