namespace Naq.Events.JetStream;

/// <summary>A server's version, as it says it: <c>2.15.1</c>, <c>2.12.0-RC.1</c>.</summary>
internal readonly record struct ServerVersion(int Major, int Minor) : IComparable<ServerVersion>
{
    /// <summary>The oldest server that is supported.</summary>
    public static ServerVersion Oldest => new(2, 10);

    /// <summary>The first server that answers a direct get with many messages (ADR-31).</summary>
    public static ServerVersion BatchedDirectGet => new(2, 11);

    /// <summary>The first server that keeps each message as long as it says (ADR-43).</summary>
    public static ServerVersion MessageTtl => new(2, 11);

    /// <summary>The first server that stores batches all or none (ADR-50).</summary>
    public static ServerVersion AtomicBatch => new(2, 12);

    public static bool operator <(ServerVersion left, ServerVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ServerVersion left, ServerVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServerVersion left, ServerVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServerVersion left, ServerVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a version; one of another form, of a server built by hand, counts as the oldest supported.</summary>
    public static ServerVersion Parse(string? version)
    {
        var parts = (version ?? "").TrimStart('v').Split('.', 3);
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor)
            ? new ServerVersion(major, minor)
            : Oldest;
    }

    public int CompareTo(ServerVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));
}
