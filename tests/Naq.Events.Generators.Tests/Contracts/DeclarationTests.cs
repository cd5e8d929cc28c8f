using System.Reflection;
using Microsoft.CodeAnalysis;
using Naq.Events.CompilerServices;
using Naq.Events.Generators.Contracts;

namespace Naq.Events.Generators.Tests.Contracts;

/// <summary>What an assembly tells others of its events.</summary>
public sealed class DeclarationTests
{
    private const string Shapes = """
        namespace Shop;

        internal static partial class Events
        {
            [JobEvent("sized", "{sizeBytes} bytes")]
            internal static partial JobEvent Sized(string jobId, long sizeBytes, Guid? batch, [JobEventTag] string tenant,
                IReadOnlyDictionary<string, string>? tags = null);

            [JobEvent("sized", "{sizeBytes} bytes")]
            internal static partial void LogSized(this IJobEventLogger logger, string jobId, [JobEventTag] string tenant,
                IReadOnlyDictionary<string, string> tags, Guid? batch, long sizeBytes);

            [JobEvent("sized")]
            internal static partial JobEvent SizedAgain(string jobId, DateTimeOffset timestamp, int parts, string? message, TimeSpan duration);

            [JobEvent(JobEventType.Failed)]
            internal static partial JobEvent Failed(string jobId, Exception? error, JobEventFields details);

            [JobEvent("plain")]
            internal static partial JobEvent Plain(string jobId);
        }
        """;

    [Fact]
    public void Declarations()
    {
        var run = GeneratorRun.Of(Shapes);
        _ = run.Load();
        Baseline.Verify(run.Files.Where(file => file.Key == "JobEventDeclarations.g.cs"));
    }

    [Fact]
    public void DeclarationsOfOneShapeAreToldOnce() => Assert.Equal(
        ["failed", "plain", "sized", "sized"],
        GeneratorRun.Of(Shapes).Load().GetCustomAttributes<JobEventDeclarationAttribute>().Select(declaration => declaration.Name));

    [Fact]
    public void TheRuntimeDeclaresTheStandardEventsAndThreeOfItsOwn()
    {
        var declared = typeof(JobEvent).Assembly.GetCustomAttributes<JobEventDeclarationAttribute>().ToList();
        Assert.Equal(27, declared.Select(declaration => declaration.Name).Distinct().Count());
        var failed = declared.Where(declaration => declaration.Name == "failed").ToList();
        Assert.All(failed, declaration => Assert.Contains("details.retry_count: int", declaration.Fields));
        Assert.All(failed, declaration => Assert.Contains("tags?: object", declaration.Fields));
    }

    [Fact]
    public void AnAssemblyWithoutEventsIsNotWrittenTo() => Assert.Empty(GeneratorRun.Of("internal static class C;").Files);

    [Fact]
    public void WhatAReferenceDeclaresIsReadOnce()
    {
        var reference = ContractCheck.Assembly("Contracts", Shapes);
        var compilation = Compilations.Create("internal static class C;").AddReferences(reference);
        var before = EventKnowledge.OfReference((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!);
        var edited = compilation.AddSyntaxTrees(Compilations.Parse("internal static class D;", "D.cs"));
        var after = EventKnowledge.OfReference((IAssemblySymbol)edited.GetAssemblyOrModuleSymbol(reference)!);

        Assert.Equal(4, before.Count);
        Assert.Same(before, after);
    }

    [Fact]
    public void ALaterVersionsFieldsDoNotBreakTheReading()
    {
        var reference = ContractCheck.Assembly("Later", """
            using Naq.Events.CompilerServices;
            [assembly: JobEventDeclaration("later", "details.amount: decimal", "", "nothing", ": int", "details.shape?: {a: int}")]
            [assembly: JobEventDeclaration("null", null!)]
            """);
        var compilation = Compilations.Create("").AddReferences(reference);
        var shapes = EventKnowledge.OfReference((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!);

        Assert.Equal("later: details.amount: decimal, details.shape?: {a: int}", string.Join("; ", shapes.Select(
            shape => $"{shape.Event}: {string.Join(", ", shape.Fields)}")));
    }
}
