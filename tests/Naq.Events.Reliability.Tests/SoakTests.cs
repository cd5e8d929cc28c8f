using Naq.Events.Soak;

namespace Naq.Events.Reliability.Tests;

/// <summary>The short form of eng/soak.sh.</summary>
[Collection(SeveralProcesses.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Deadline = 240_000;

    [Fact(Timeout = Deadline)]
    public async Task Over_faults_of_all_kinds_every_promise_holds()
    {
        await using var run = await SoakRun.StartAsync(new SoakOptions { Time = TimeSpan.FromSeconds(20), Seed = 20_261_126 }, TextWriter.Null);
        var report = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.Empty(report.Broken);
    }
}
