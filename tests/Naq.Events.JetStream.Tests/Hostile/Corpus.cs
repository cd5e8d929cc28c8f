using Naq.Events.Testing;

namespace Naq.Events.JetStream.Tests.Hostile;

/// <summary>Payloads that were thought of, or found: those named "event" are events of <c>job</c>, <c>started</c>; those named "bad" are none.</summary>
internal static class Corpus
{
    public static IReadOnlyList<(string Name, byte[] Payload)> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Find(), "tests", "Naq.Events.JetStream.Tests", "Hostile", "Corpus"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(static file => (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))),
    ];
}
