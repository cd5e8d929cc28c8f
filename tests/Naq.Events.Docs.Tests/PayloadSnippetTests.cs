using System.Text.Json;
using Naq.Events.Docs.Tests.Snippets;

namespace Naq.Events.Docs.Tests;

/// <summary>The emitted context in a process where System.Text.Json has no reflection to fall back on.</summary>
public sealed class PayloadSnippetTests
{
    [Fact]
    public void The_emitted_context_needs_no_reflection()
    {
        Assert.False(JsonSerializer.IsReflectionEnabledByDefault);
        var chunk = new Chunk(new Uri("s3://bucket/a"), 3) { Encoding = Encoding.Zstandard };

        Assert.Equal("""{"source":"s3://bucket/a","rows":3,"encoding":"zstd"}""", PayloadCalls.WithSystemTextJson(chunk).ToString());
    }
}
