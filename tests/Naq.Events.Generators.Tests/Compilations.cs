using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Naq.Events.Generators.Tests;

/// <summary>Compilations of a strict consumer: nullable, documented, every warning an error.</summary>
internal static class Compilations
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Naq.Events;
        """;

    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(JobEvent).Assembly.Location)];

    public static CSharpCompilation Create(params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        [Parse(Usings, "Usings.cs"), .. sources.Select((source, index) => Parse(source, $"Source{index}.cs"))],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999));

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8, TestContext.Current.CancellationToken);
}
