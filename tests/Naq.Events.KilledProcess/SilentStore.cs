using System.Diagnostics.CodeAnalysis;
using Naq.Events.Testing;

namespace Naq.Events.KilledProcess;

/// <summary>A store that never answers.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the program.")]
internal sealed class SilentStore : StubStore
{
    public override async ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) =>
        await Forever.WaitAsync(cancellationToken).ConfigureAwait(false);
}
