using Naq.Events.Testing;

namespace Naq.Events.Docs.Tests;

/// <summary>A snippet in the docs compiles because it stands, word for word, in this project.</summary>
public sealed class SnippetTests
{
    private static readonly string Root = RepositoryRoot.Find();

    public static TheoryData<string, int> Snippets()
    {
        var snippets = new TheoryData<string, int>();
        foreach (var file in Documents())
        {
            for (var i = 0; i < SnippetsOf(file).Count; i++)
                snippets.Add(Path.GetRelativePath(Root, file), i);
        }

        return snippets;
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_is_compiled(string file, int index)
    {
        var snippet = SnippetsOf(Path.Combine(Root, file))[index];
        var sources = Directory
            .GetFiles(Path.Combine(Root, "tests", "Naq.Events.Docs.Tests", "Snippets"), "*.cs")
            .Select(source => Unindented(File.ReadAllLines(source)));

        Assert.True(
            sources.Any(source => source.Contains(Unindented(snippet.Split('\n')), StringComparison.Ordinal)),
            $"Snippet {index + 1} of {file} stands in no file of tests/Naq.Events.Docs.Tests/Snippets:\n{snippet}");
    }

    [Fact]
    public void There_are_snippets() => Assert.True(SnippetsOf(Path.Combine(Root, "README.md")).Count >= 5);

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        foreach (var file in Documents())
        {
            foreach (System.Text.RegularExpressions.Match link in
                System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"\]\((?!https?:|#)([^)#\s]+)"))
            {
                var target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value);
                Assert.True(Path.Exists(target), $"{Path.GetRelativePath(Root, file)} links to {link.Groups[1].Value}, which does not exist.");
            }
        }
    }

    private static IEnumerable<string> Documents() =>
    [
        Path.Combine(Root, "README.md"),
        Path.Combine(Root, "CONTRIBUTING.md"),
        .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            // A rule's page also shows what is wrong; those snippets are tested with the rules.
            .Where(static file => !file.Contains("/rules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> SnippetsOf(string file)
    {
        var snippets = new List<string>();
        List<string>? current = null;
        foreach (var line in File.ReadAllLines(file))
        {
            if (line == "```csharp")
            {
                current = [];
            }
            else if (line == "```" && current is not null)
            {
                snippets.Add(string.Join('\n', current));
                current = null;
            }
            else
            {
                current?.Add(line);
            }
        }

        return snippets;
    }

    private static string Unindented(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(static line => line.Trim()).Where(static line => line.Length > 0));
}
