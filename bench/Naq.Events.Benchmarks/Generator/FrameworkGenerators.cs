using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>The framework's own generators, from where the compiler takes them.</summary>
internal static class FrameworkGenerators
{
    /// <summary>That of Microsoft.Extensions.Logging.Abstractions, from its package.</summary>
    public static IIncrementalGenerator LoggerMessage()
    {
        var package = typeof(FrameworkGenerators).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "LoggingPackage").Value!;
        return Load(
            Path.Combine(package, "analyzers", "dotnet"),
            "Microsoft.Extensions.Logging.Generators.dll",
            "Microsoft.Extensions.Logging.Generators.LoggerMessageGenerator");
    }

    /// <summary>That of System.Text.Json, from the SDK's targeting pack.</summary>
    public static IIncrementalGenerator Json()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Load(
            Path.GetFullPath(Path.Combine(shared, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")),
            "System.Text.Json.SourceGeneration.dll",
            "System.Text.Json.SourceGeneration.JsonSourceGenerator");
    }

    // Several versions may lie side by side, for compilers of several ages: the last is for the newest.
    private static IIncrementalGenerator Load(string folder, string file, string type)
    {
        var path = Directory.GetFiles(folder, file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new FileNotFoundException($"There is no {file} under {folder}. Is the .NET SDK installed?");
        return (IIncrementalGenerator)Activator.CreateInstance(Assembly.LoadFrom(path).GetType(type, throwOnError: true)!)!;
    }
}
