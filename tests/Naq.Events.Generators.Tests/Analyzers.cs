using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Naq.Events.Generators.Tests;

/// <summary>Every analyzer of the assembly, as a build runs them.</summary>
internal static class Analyzers
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(EventsGenerator).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];
}
