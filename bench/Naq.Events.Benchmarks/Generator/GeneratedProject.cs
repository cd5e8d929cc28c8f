using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;

namespace Naq.Events.Benchmarks.Generator;

/// <summary>A project of many files with the generators that complete it.</summary>
internal sealed class GeneratedProject
{
    private const string Unrelated = "Unrelated.cs";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);
    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(JobEvent).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ILogger).Assembly.Location),
    ];

    private readonly string _name;
    private readonly IIncrementalGenerator[] _generators;
    private readonly List<SyntaxTree> _trees;
    private int _edits;

    public GeneratedProject(string name, IIncrementalGenerator[] generators, IEnumerable<string> sources)
    {
        _name = name;
        _generators = generators;
        _trees =
        [
            Parse("internal static class Unrelated;", Unrelated),
            .. sources.Select((source, i) => Parse(source, $"Source{i}.cs")),
        ];
    }

    public Compilation Compile() => CSharpCompilation.Create(
        _name,
        _trees,
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        _generators.Select(generator => generator.AsSourceGenerator()), parseOptions: ParseOptions);

    public GeneratorDriver Generate(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);

    /// <summary>From syntax trees to an assembly.</summary>
    public long Emit()
    {
        _ = CreateDriver().RunGeneratorsAndUpdateCompilation(Compile(), out var output, out _);
        using var stream = new MemoryStream();
        var emitted = output.Emit(stream);
        return emitted.Success
            ? stream.Length
            : throw new InvalidOperationException($"{_name} does not compile:\n{string.Join('\n', emitted.Diagnostics.Take(5))}");
    }

    /// <summary>Asserts that what is measured does what it should.</summary>
    public void Check()
    {
        _ = Emit();
        var result = CreateDriver().RunGenerators(Compile()).GetRunResult();
        foreach (var idle in result.Results.Where(one => one.Exception is not null || one.GeneratedSources.IsEmpty))
            throw new InvalidOperationException($"{idle.Generator} generated nothing: {idle.Exception}");
    }

    /// <summary>A keystroke in a file that no generator looks at.</summary>
    public Compilation EditUnrelated(Compilation compilation) =>
        Replace(compilation, Unrelated, $"internal static class Unrelated {{ public const int Value = {_edits++}; }}");

    /// <summary>A keystroke in the message of one declaration.</summary>
    public Compilation EditDeclaration(Compilation compilation)
    {
        var first = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Source0.cs");
        var edited = first.ToString().Replace("Step 0 ", $"Step 0, edited {_edits++} ", StringComparison.Ordinal);
        return Replace(compilation, first.FilePath, edited);
    }

    private static Compilation Replace(Compilation compilation, string path, string source)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(tree, Parse(source, path));
    }

    private static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8);
}
