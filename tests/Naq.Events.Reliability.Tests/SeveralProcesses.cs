namespace Naq.Events.Reliability.Tests;

/// <summary>Tests that start many processes run by themselves: beside them, others would wait for a processor.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeveralProcesses
{
    /// <summary>The collection's name.</summary>
    public const string Name = "several processes";
}
