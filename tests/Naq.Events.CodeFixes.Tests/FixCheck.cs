using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Naq.Events.CodeFixes.Tests;

/// <summary>Applies a fix to every diagnostic of a source and compares.</summary>
internal static class FixCheck
{
    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using Naq.Events;


        """;

    public static Task Fixes<TAnalyzer, TFix>(string source, string fixedSource)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            TestCode = (Usings + source).ReplaceLineEndings(),
            FixedCode = (Usings + fixedSource).ReplaceLineEndings(),

            // Its own reference assemblies are a download; these are a package.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),

            // Without the generator a partial method has no body.
            CompilerDiagnostics = CompilerDiagnostics.None,
        };
        if (source == fixedSource)
            test.FixedState.MarkupHandling = MarkupMode.Allow;

        foreach (var state in new[] { test.TestState, test.FixedState })
        {
            state.AdditionalReferences.AddRange(Net100.References.All);
            state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(JobEvent).Assembly.Location));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
