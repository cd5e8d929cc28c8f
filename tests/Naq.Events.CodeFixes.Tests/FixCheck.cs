using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Naq.Events.Generators;

namespace Naq.Events.CodeFixes.Tests;

/// <summary>Applies a fix to every diagnostic of a source and compares.</summary>
internal static partial class FixCheck
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
        var test = Create<TAnalyzer, TFix>(source, fixedSource);
        if (source == fixedSource)
            test.FixedState.MarkupHandling = MarkupMode.Allow;

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Applies a fix that changes nothing but the baseline.</summary>
    public static Task FixesBaseline<TAnalyzer, TFix>(string source, string shipped, string unshipped, string fixedUnshipped)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = Create<TAnalyzer, TFix>(source, WithoutMarkup(source));
        foreach (var (state, text) in new[] { (test.TestState, unshipped), ((SolutionState)test.FixedState, fixedUnshipped) })
        {
            state.AdditionalFiles.Add(("JobEvents.Shipped.txt", shipped));
            state.AdditionalFiles.Add(("JobEvents.Unshipped.txt", text));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static FixTest<TAnalyzer, TFix> Create<TAnalyzer, TFix>(string source, string fixedSource)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TAnalyzer, TFix>
        {
            TestCode = (Usings + source).ReplaceLineEndings(),
            FixedCode = (Usings + fixedSource).ReplaceLineEndings(),

            // Its own reference assemblies are a download; these are a package.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),

            // The compiler's own words on half-written code are not the subject, and what is generated has tests of its own.
            CompilerDiagnostics = CompilerDiagnostics.None,
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,
        };
        foreach (var state in new[] { test.TestState, test.FixedState })
        {
            state.AdditionalReferences.AddRange(Net100.References.All);
            state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(JobEvent).Assembly.Location));
        }

        return test;
    }

    private static string WithoutMarkup(string source) => Markup().Replace(source, "$1");

    [GeneratedRegex(@"\{\|\w+:(.*?)\|\}")]
    private static partial Regex Markup();

    /// <summary>With the generator, as in a build: by what it writes the rules know which events there are.</summary>
    internal sealed class FixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(EventsGenerator)];
    }
}
