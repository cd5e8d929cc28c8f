namespace Naq.Events.Benchmarks.Growth;

/// <summary>A row of the comparison at one size of the stream.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Unit">The figures' unit.</param>
/// <param name="Events">The events in the stream.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The peer's.</param>
internal sealed record GrowthPoint(string Row, string Unit, int Events, double Ours, double Peer);
