using Microsoft.CodeAnalysis;
using Naq.Events.Generators;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>
/// What our generator costs the compiler for events and handlers, beside what the framework's two cost for as many log methods
/// and payload records with the same values.
/// </summary>
internal static class GeneratorBenchmark
{
    public static GeneratorReport Run(int rounds, int size)
    {
        var ours = new GeneratedProject("Ours", [new EventsGenerator()], EventSources.Create(size));
        var peer = new GeneratedProject(
            "Peer", [FrameworkGenerators.LoggerMessage(), FrameworkGenerators.Json()], PeerSources.Create(size));
        ours.Check();
        peer.Check();

        GeneratorRow cold = Row("generators, cold"), edited = Row("generators, after an unrelated edit"),
            declared = Row("generators, after an edit of one declaration"), whole = Row("the whole compilation, cold");

        // The first rounds compile the compiler.
        const int WarmUp = 3;
        for (var round = 0; round < WarmUp; round++)
            Measure(Row(""), Row(""), Row(""));

        for (var round = 0; round < rounds; round++)
            Measure(cold, edited, declared);

        // Many times the rest, and what the generators cost is a small part of it.
        const int MaxWhole = 3;
        for (var round = 0; round < Math.Min(rounds, MaxWhole); round++)
        {
            _ = whole.Ours.Add(ours.Emit);
            _ = whole.Peer.Add(peer.Emit);
        }

        return new GeneratorReport(
            FormattableString.Invariant($"{size} events and {size} handlers beside {size} log methods and {size} JSON payloads"),
            rounds,
            [cold, edited, declared, whole]);

        void Measure(GeneratorRow cold, GeneratorRow edited, GeneratorRow declared)
        {
            MeasureOne(ours, static row => row.Ours);
            MeasureOne(peer, static row => row.Peer);

            void MeasureOne(GeneratedProject project, Func<GeneratorRow, Measurement> pick)
            {
                var compilation = project.Compile();
                var driver = pick(cold).Add(() => project.Generate(project.CreateDriver(), compilation));
                compilation = project.EditUnrelated(compilation);
                driver = pick(edited).Add(() => project.Generate(driver, compilation));
                compilation = project.EditDeclaration(compilation);
                _ = pick(declared).Add(() => project.Generate(driver, compilation));
            }
        }
    }

    private static GeneratorRow Row(string name) => new(name, new Measurement(), new Measurement());
}
