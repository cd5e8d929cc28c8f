using System.Threading.Channels;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What has come for a subscription and its reader has not read yet. It can be looked at meanwhile, from another thread.</summary>
/// <param name="messages">The messages.</param>
/// <param name="inbox">The subject of those that are the server's own words, and not to be answered.</param>
internal sealed class UnreadMessages<TPayload>(ChannelReader<NatsMsg<TPayload>> messages, string inbox) : ChannelReader<NatsMsg<TPayload>>
{
    private readonly Lock _lock = new();
    private readonly Queue<NatsMsg<TPayload>> _lookedAt = new();
    private bool _isWaitedFor;

    public override bool CanCount => true;

    public override int Count
    {
        get
        {
            lock (_lock)
                return _lookedAt.Count + messages.Count;
        }
    }

    public override bool TryRead(out NatsMsg<TPayload> item)
    {
        lock (_lock)
        {
            var isThere = _lookedAt.TryDequeue(out item) || messages.TryRead(out item);
            _isWaitedFor = !isThere;
            return isThere;
        }
    }

    /// <summary>To be called when there was nothing to read.</summary>
    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => messages.WaitToReadAsync(cancellationToken);

    /// <summary>The reply subjects of the messages; of none while the reader waits for one, since it takes what comes.</summary>
    public IReadOnlyList<string> ReplySubjects()
    {
        lock (_lock)
        {
            // What is taken from the subscription here would not wake the reader.
            while (!_isWaitedFor && messages.TryRead(out var message))
                _lookedAt.Enqueue(message);

            return [.. _lookedAt.Where(message => message.Subject != inbox && message.ReplyTo is not null).Select(static message => message.ReplyTo!)];
        }
    }
}
