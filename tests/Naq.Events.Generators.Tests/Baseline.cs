using System.Runtime.CompilerServices;
using Naq.Events.Generators.Emission;
using Naq.Events.Testing;

namespace Naq.Events.Generators.Tests;

/// <summary>
/// Compares generated files with those in Baselines. With the environment variable NAQ_UPDATE_BASELINES set to 1 they are
/// written instead; the change is then for a person to read.
/// </summary>
internal static class Baseline
{
    /// <summary>What is generated once for the whole assembly; it has baselines of its own.</summary>
    private static readonly string[] OfTheAssembly = [DeclarationsEmitter.HintName, CatalogEmitter.HintName];

    /// <summary>Compares the files that belong to single types.</summary>
    public static void Verify(GeneratorRun run, [CallerMemberName] string name = "") =>
        Verify(run.Files.Where(file => !OfTheAssembly.Contains(file.Key)), name);

    public static void Verify(IEnumerable<KeyValuePair<string, string>> files, [CallerMemberName] string name = "")
    {
        // The version changes with every release and says nothing about the generator.
        var version = typeof(EventsGenerator).Assembly.GetName().Version!.ToString(3);
        var actual = string.Join("\n", files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(
            file => $"// ==== {file.Key}\n{file.Value.Replace($"\"{version}\"", "\"{version}\"", StringComparison.Ordinal)}"));
        var path = Path.Combine(
            RepositoryRoot.Find(), "tests", "Naq.Events.Generators.Tests", "Baselines", name + ".txt");
        if (Environment.GetEnvironmentVariable("NAQ_UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no baseline {name}.txt. Set NAQ_UPDATE_BASELINES=1 to write it, then read it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
