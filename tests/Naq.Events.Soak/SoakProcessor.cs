using System.Diagnostics;
using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>A process that handles events.</summary>
/// <param name="url">The servers.</param>
/// <param name="replicas">How many copies of the stream.</param>
/// <param name="name">The processor's durable name.</param>
/// <param name="ordering">Its ordering.</param>
/// <param name="ackWait">For how many seconds it may give no sign of life.</param>
/// <param name="handlings">Where what it handles is kept.</param>
internal sealed class SoakProcessor(string url, int replicas, string name, JobEventOrdering ordering, int ackWait, Handlings handlings)
    : KilledProcess(new ProcessStartInfo("dotnet", [Program, "soak-handle", url, $"{replicas}", name, $"{ordering}", $"{ackWait}"]))
{
    public int Id => Process.Id;

    protected override void Heard(string line) => handlings.Add(line);
}
