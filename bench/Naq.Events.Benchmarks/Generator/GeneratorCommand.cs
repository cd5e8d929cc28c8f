using System.CommandLine;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>The command <c>generator</c>.</summary>
internal static class GeneratorCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often everything is measured.", DefaultValueFactory = _ => 9 };
        var size = new Option<int>("--size") { Description = "How many events, and handlers, there are.", DefaultValueFactory = _ => 1000 };
        var json = new Option<FileInfo?>("--json") { Description = "A file for the report as JSON." };
        var command = new Command("generator", "What the generator costs the compiler, beside LoggerMessage and System.Text.Json.")
        {
            rounds, size, json,
        };
        command.SetAction(parsed =>
        {
            var report = GeneratorBenchmark.Run(parsed.GetValue(rounds), parsed.GetValue(size));
            report.Print(Console.Out);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
        });
        return command;
    }
}
