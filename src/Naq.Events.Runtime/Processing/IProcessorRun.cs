namespace Naq.Events.Processing;

/// <summary>What a processor does from its start to its stop.</summary>
internal interface IProcessorRun
{
    /// <summary>Whether it handles events now; else another process of its name does.</summary>
    bool IsActive { get; }

    /// <summary>How far it is behind.</summary>
    JobEventProcessorLag Lag { get; }

    /// <summary>What is wrong, when it does not get on though there is something to do; else <see langword="null"/>.</summary>
    string? Stall();

    /// <summary>Waits until what is stored now has come in.</summary>
    ValueTask CatchUpAsync(ulong lastSequence, CancellationToken cancellationToken);

    /// <summary>Waits until handlers have begun with what has come in of it, but for what waits for its next try.</summary>
    ValueTask BeginAllAsync(ulong lastSequence, CancellationToken cancellationToken);

    /// <summary>Stops reading, then waits for what runs; after the timeout, or when cancelled, what runs is cancelled.</summary>
    ValueTask StopAsync(CancellationToken cancellationToken);
}
