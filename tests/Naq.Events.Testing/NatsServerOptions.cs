namespace Naq.Events.Testing;

/// <summary>What a test asks of its server.</summary>
public sealed record NatsServerOptions
{
    /// <summary>A minor such as <c>2.10</c>, or a full version; <c>2.15</c>, or newer, by default.</summary>
    public string Version { get; init; } = "2.15";

    /// <summary>Whether JetStream is on; true by default.</summary>
    public bool JetStream { get; init; } = true;

    /// <summary>JetStream's sync_interval: <c>always</c>, or a time such as <c>10s</c>; the server's own (2m) by default.</summary>
    public string? SyncInterval { get; init; }

    /// <summary>JetStream's max_buffered_msgs, beyond which a stream refuses with "too many requests"; the server's own by default.</summary>
    public int? MaxBufferedMessages { get; init; }

    /// <summary>JetStream's domain, which its acknowledgements name; none by default.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether the server greets who connects, as it does unless the TLS handshake comes first; true by default.</summary>
    public bool Greets { get; init; } = true;

    /// <summary>How long a start may take, streams recovered; 20 s by default.</summary>
    public TimeSpan ReadyDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>More text for the server's configuration file, such as an authorization block.</summary>
    public string Configuration { get; init; } = "";
}
