namespace Naq.Events.JetStream;

/// <summary>How a reader asks for a consumer's messages.</summary>
/// <param name="Ahead">How many messages are asked for and not yet read, at most.</param>
/// <param name="Total">The most messages that are asked for at all.</param>
internal sealed record PullOptions(ReadAhead Ahead, long Total = long.MaxValue)
{
    /// <param name="ahead">The most messages that are asked for and not yet read.</param>
    /// <param name="total">The most messages that are asked for at all.</param>
    public PullOptions(int ahead, long total = long.MaxValue)
        : this(new ReadAhead(ahead, ahead, TimeProvider.System), total)
    {
    }

    /// <summary>How long one request lasts.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether more may be asked for; <see langword="null"/> for always.</summary>
    public Func<bool>? MayAsk { get; init; }

    /// <summary>Whether <see cref="PullReader{TPayload}.Unread"/> says what was not read yet.</summary>
    public bool ShowsUnread { get; init; }
}
