namespace Naq.Events.JetStream;

/// <summary>How a reader asks for a consumer's messages.</summary>
/// <param name="Ahead">The most messages that are asked for and not yet read.</param>
/// <param name="Total">The most messages that are asked for at all.</param>
internal sealed record PullOptions(int Ahead, long Total = long.MaxValue)
{
    /// <summary>How long one request lasts.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether more may be asked for; <see langword="null"/> for always.</summary>
    public Func<bool>? MayAsk { get; init; }

    /// <summary>Whether <see cref="PullReader{TPayload}.Unread"/> says what was not read yet.</summary>
    public bool ShowsUnread { get; init; }
}
