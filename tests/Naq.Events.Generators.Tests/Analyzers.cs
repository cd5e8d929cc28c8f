using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Naq.Events.Generators.Tests;

/// <summary>Every analyzer of the assembly but those about contracts, for which most tests declare too little.</summary>
internal static class Analyzers
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(EventsGenerator).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Where(type => Contracts.ContractPageTests.Analyzers.All(ofContracts => ofContracts.GetType() != type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];
}
