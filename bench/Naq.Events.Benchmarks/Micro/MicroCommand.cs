using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Naq.Events.Benchmarks.Micro;

/// <summary>The command <c>micro</c>: BenchmarkDotNet, for the parts of the logging path one by one.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "A pattern of names.", DefaultValueFactory = _ => "*" };
        var command = new Command("micro", "The parts of the logging path, measured with BenchmarkDotNet.") { filter };
        command.SetAction(parsed =>
        {
            // In this process: the project that BenchmarkDotNet would write does not build under this repository's rules.
            var configuration = DefaultConfig.Instance
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
            _ = BenchmarkSwitcher.FromTypes([typeof(LoggingBenchmarks)]).Run(["--filter", parsed.GetValue(filter)!], configuration);
        });
        return command;
    }
}
