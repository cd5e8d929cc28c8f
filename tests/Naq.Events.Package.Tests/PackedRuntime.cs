using Naq.Events.Testing;

[assembly: AssemblyFixture(typeof(Naq.Events.Package.Tests.PackedRuntime))]

namespace Naq.Events.Package.Tests;

/// <summary>The package, packed once for all tests into a folder feed of their own.</summary>
public sealed class PackedRuntime : IAsyncLifetime
{
    private static readonly TimeSpan PackTimeout = TimeSpan.FromMinutes(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("naq-package-");

    /// <summary>The name of the package.</summary>
    public const string Name = "Naq.Events.Runtime";

    /// <summary>A version that no other feed and no cache has.</summary>
    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>The folder feed, which holds the stand-in of NATS.NKeys, too.</summary>
    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>The package's file.</summary>
    public string File => Path.Combine(Feed, $"{Name}.{Version}.nupkg");

    /// <summary>What was written while packing.</summary>
    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync() =>
        Output = await PackAsync("src/Naq.Events.Runtime", $"-p:Version={Version}") + await PackAsync("eng/NATS.NKeys");

    /// <summary>A new folder beside the feed, outside of every repository.</summary>
    public string CreateFolder(string name) => _folder.CreateSubdirectory(name).FullName;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> PackAsync(string project, params string[] more)
    {
        // Outputs of the test's own: other tests may be building the same projects.
        var result = await ProcessRunner.RunAsync(
            "dotnet",
            [
                "pack", project, "--configuration", "Release", "--output", Feed,
                "--artifacts-path", Path.Combine(_folder.FullName, "build"), "--disable-build-servers", "--tl:off",

                // They have run when this was built to be tested.
                "-p:RunAnalyzers=false", .. more,
            ],
            timeout: PackTimeout,
            environment: new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            cancellationToken: TestContext.Current.CancellationToken);
        return result.EnsureSuccess().Output;
    }
}
