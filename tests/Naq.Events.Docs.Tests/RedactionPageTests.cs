using Naq.Events.Testing;

namespace Naq.Events.Docs.Tests;

public sealed class RedactionPageTests
{
    [Fact]
    public void The_page_names_every_default()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "declaring.md"));
        Assert.All(new NaqEventsOptions().RedactedKeys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }
}
