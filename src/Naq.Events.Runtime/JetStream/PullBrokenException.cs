namespace Naq.Events.JetStream;

/// <summary>Messages of a consumer do not arrive any more; a new start may help.</summary>
internal sealed class PullBrokenException(string reason, bool consumerGone = false) : Exception(reason)
{
    /// <summary>Whether the server says that there is no such consumer.</summary>
    public bool ConsumerGone => consumerGone;
}
