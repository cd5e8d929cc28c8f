using System.IO.Compression;
using System.Xml.Linq;

namespace Naq.Events.Package.Tests;

public sealed class ContentTests(PackedRuntime package) : IDisposable
{
    private static readonly string[] DirectDependencies =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "NATS.Client.Core",
        "NATS.Client.JetStream",
    ];

    private readonly ZipArchive _archive = ZipFile.OpenRead(package.File);

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void It_packs_without_a_warning() =>
        Assert.DoesNotContain("warning", package.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_compilers_parts_are_the_generator_and_the_fixes() => Assert.Equal(
        ["analyzers/dotnet/cs/Naq.Events.CodeFixes.dll", "analyzers/dotnet/cs/Naq.Events.Generators.dll"],
        FilesUnder("analyzers/"));

    [Fact]
    public void The_library_brings_its_documentation() =>
        Assert.Equal(["lib/net10.0/Naq.Events.Runtime.dll", "lib/net10.0/Naq.Events.Runtime.xml"], FilesUnder("lib/"));

    [Fact]
    public void The_readme_and_the_licence_are_inside()
    {
        Assert.Contains("README.md", FilesUnder(""));
        Assert.Contains("LICENSE", FilesUnder(""));
        Assert.Equal("README.md", Metadata("readme").Value);
        Assert.Equal("MIT", Metadata("license").Value);
    }

    [Fact]
    public void It_depends_on_what_the_runtime_names_and_on_nothing_else()
    {
        var group = Assert.Single(Metadata("dependencies").Elements());

        Assert.Equal("net10.0", group.Attribute("targetFramework")?.Value);
        var ids = group.Elements().Select(dependency => dependency.Attribute("id")!.Value);
        Assert.Equal(DirectDependencies, ids.Order(StringComparer.Ordinal));
    }

    private string[] FilesUnder(string folder) => [.. _archive.Entries
        .Select(entry => entry.FullName)
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    private XElement Metadata(string name)
    {
        using var specification = _archive.GetEntry($"{PackedRuntime.Name}.nuspec")!.Open();
        var metadata = XDocument.Load(specification).Root!.Elements().Single();
        return metadata.Elements().Single(element => element.Name.LocalName == name);
    }
}
