namespace Naq.Events;

/// <summary>How a logger's events get into the stream.</summary>
public enum PublishMode
{
    /// <summary>
    /// What measured best for servers in general: <see cref="Pipelined"/> (docs/decisions/0011). With <see cref="JetStreamOptions.Replicas"/>
    /// above 1 and nats-server 2.12, one <see cref="AtomicBatch"/> at a time, so that a leader that steps down reorders nothing
    /// (docs/decisions/0013).
    /// </summary>
    Auto,

    /// <summary>Event after event, thousands ahead of their acknowledgements.</summary>
    Pipelined,

    /// <summary>
    /// Up to 1,000 events together, stored all or none (ADR-50): by far the fastest where the server syncs each write to disk
    /// before it acknowledges (<c>sync_interval: always</c>), slower elsewhere. It sets the stream's <c>allow_atomic</c>, and needs
    /// nats-server 2.12; on an older one, events are pipelined.
    /// </summary>
    AtomicBatch,
}
