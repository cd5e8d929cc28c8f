using Naq.Events.Benchmarks;
using Naq.Events.Benchmarks.Generator;

// Usage: Naq.Events.Benchmarks <benchmark> [--rounds N] [--size N] [--json FILE]
var options = BenchmarkOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("Usage: Naq.Events.Benchmarks generator [--rounds N] [--size N] [--json FILE]");
    return 2;
}

BenchmarkReport report = options.Name switch
{
    "generator" => GeneratorBenchmark.Run(options),
    _ => throw new ArgumentException($"There is no benchmark '{options.Name}'; there is: generator."),
};

report.Print(Console.Out);
if (options.JsonFile is not null)
    report.Save(options.JsonFile);

return 0;
