using System.CommandLine;
using Naq.Events.Benchmarks.Compare;
using Naq.Events.Benchmarks.Generator;
using Naq.Events.Benchmarks.Growth;
using Naq.Events.Benchmarks.Micro;
using Naq.Events.Benchmarks.Modes;
using Naq.Events.Benchmarks.Scale;

return await new RootCommand("Measures Naq.Events beside its peers, by turns in one process.")
{
    CompareCommand.Create(),
    GeneratorCommand.Create(),
    GrowthCommand.Create(),
    MicroCommand.Create(),
    ModesCommand.Create(),
    ScaleCommand.Create(),
}.Parse(args).InvokeAsync().ConfigureAwait(false);
