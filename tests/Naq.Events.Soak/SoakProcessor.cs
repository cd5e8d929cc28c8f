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
/// <param name="shares">Into how many shares the jobs are divided.</param>
internal sealed class SoakProcessor(string url, int replicas, string name, JobEventOrdering ordering, int ackWait, Handlings handlings, int shares = 1)
    : KilledProcess(new ProcessStartInfo("dotnet", [Program, "soak-handle", url, $"{replicas}", name, $"{ordering}", $"{ackWait}", $"{shares}"]))
{
    private int _handled;

    public int Id => Process.Id;

    /// <summary>How many events this process has handled.</summary>
    public int Handled => Volatile.Read(ref _handled);

    protected override void Heard(string line)
    {
        handlings.Add(line);
        _ = Interlocked.Increment(ref _handled);
    }
}
