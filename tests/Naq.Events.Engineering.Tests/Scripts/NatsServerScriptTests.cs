using System.Diagnostics;
using System.Runtime.Versioning;
using Naq.Events.Testing;

namespace Naq.Events.Engineering.Tests.Scripts;

[UnsupportedOSPlatform("windows")]
public sealed class NatsServerScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("naq-script-").FullName;

    private string Cache => Path.Combine(_folder, "cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2.15")]
    [InlineData("2.10")]
    public async Task It_prints_the_path_of_a_server(string version)
    {
        var result = (await RunAsync([version])).EnsureSuccess();

        var path = result.Output.TrimEnd('\n');
        Assert.True(File.Exists(path), path);
        var said = await ProcessRunner.RunAsync(path, ["--version"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("nats-server: v2.1", said.EnsureSuccess().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_given_by_the_user_wins_when_it_is_new_enough()
    {
        var given = Fake("2.16.0");

        var result = (await RunAsync([], ("NATS_SERVER", given))).EnsureSuccess();

        Assert.Equal(given + "\n", result.Output);
    }

    [Theory]
    [InlineData("2.9.25", "2.15")]
    [InlineData("2.15.1", "2.10")]
    public async Task A_server_given_by_the_user_is_passed_over_aloud_when_it_does_not_fit(string version, string wanted)
    {
        var given = Fake(version);

        var result = (await RunAsync([wanted], ("NATS_SERVER", given))).EnsureSuccess();

        Assert.NotEqual(given, result.Output.TrimEnd('\n'));
        Assert.Contains($"passed over: it is {version}, not {wanted}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_fetched_once_however_many_ask_at_once()
    {
        using var archive = new ReleaseArchive();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => FetchAsync(archive.Url)));

        Assert.All(results, result => Assert.Equal(Path.Combine(Cache, "9.9.9", "nats-server") + "\n", result.EnsureSuccess().Output));
        Assert.Equal(OperatingSystem.IsLinux() ? 1 : archive.Downloads, archive.Downloads);
        Assert.Empty(Directory.GetDirectories(Cache, ".fetch*"));
    }

    [Fact]
    public async Task A_release_with_a_wrong_checksum_is_refused_and_leaves_nothing()
    {
        using var archive = new ReleaseArchive(checksum: new string('0', 64));

        var result = await FetchAsync(archive.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("is refused: its checksum", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Cache));
    }

    [Fact]
    public async Task Where_nothing_works_it_says_what_was_tried_and_what_to_type()
    {
        var waited = Stopwatch.StartNew();

        var result = await FetchAsync("http://127.0.0.1:1");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("could not be fetched", result.Error, StringComparison.Ordinal);
        Assert.Contains("Get one with: ", result.Error, StringComparison.Ordinal);
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("2")]
    [InlineData("v2.15")]
    public async Task A_version_it_does_not_understand_gets_the_usage(string version)
    {
        var result = await RunAsync([version]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("usage: eng/nats-server.sh [VERSION]", result.Error, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string?> { ["NATS_SERVER"] = null };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return ProcessRunner.RunAsync(
            "bash",
            ["eng/nats-server.sh", .. arguments],
            environment: variables,
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private Task<ProcessResult> FetchAsync(string releases) =>
        RunAsync([ReleaseArchive.Version], ("NATS_SERVER_CACHE", Cache), ("NATS_SERVER_RELEASES", releases));

    private string Fake(string version)
    {
        var path = Path.Combine(_folder, "nats-server");
        File.WriteAllText(path, $"#!/bin/sh\necho 'nats-server: v{version}'\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
