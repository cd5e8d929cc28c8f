using System.Text;
using Naq.Events.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream;

/// <summary>
/// One connection of a publisher, for one epoch of its window. It opens once and never reconnects: NATS.Net would then first send
/// what its buffer still holds, the latest events, and the earlier ones, lost with the old connection, would be stored after them (docs/decisions/0005).
/// </summary>
internal sealed class PublishLink : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly Lock _gate = new();
    private readonly string _inbox;
    private readonly string?[] _replyTo;
    private readonly bool _sendIds;
    private readonly NatsHeaders _headers = [];
    private readonly CancellationTokenSource _broken = new();
    private readonly TaskCompletionSource _noReconnect = new();
    private AckSubscription? _subscription;
    private volatile bool _opened;

    private PublishLink(JetStreamConnection connection, int capacity, bool sendIds)
    {
        _sendIds = sendIds;
        _connection = connection.CreateForPublisher(BeforeConnecting);
        _connection.ConnectionDisconnected += OnDisconnectedAsync;

        // A base inbox: under the connection's own inbox prefix, replies are taken for those of requests.
        _inbox = new NatsJSContext(_connection).NewBaseInbox();
        _replyTo = new string?[capacity];
    }

    /// <summary>Cancelled when nothing more can be sent or heard.</summary>
    public CancellationToken Broken => _broken.Token;

    public bool IsUsable => !_broken.IsCancellationRequested && _connection.ConnectionState == NatsConnectionState.Open;

    /// <summary>Why it broke.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The server's max_payload.</summary>
    public int MaxPayload => _connection.ServerInfo?.MaxPayload ?? JobEventLimits.EventBytes;

    /// <summary>Connects, and listens for the answers.</summary>
    /// <param name="connection">Whose options to use.</param>
    /// <param name="capacity">The window's.</param>
    /// <param name="sendIds">Whether events carry their ids.</param>
    /// <param name="onAnswer">Called on the connection's reading thread, with the slot and the payload; empty when nobody listens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<PublishLink> OpenAsync(
        JetStreamConnection connection, int capacity, bool sendIds, PublishAnswer onAnswer, CancellationToken cancellationToken)
    {
        var link = new PublishLink(connection, capacity, sendIds);
        try
        {
            await link._connection.ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            link._opened = true;
            link._subscription = new AckSubscription(link._connection, link._inbox, (slot, payload) => onAnswer(link, slot, payload));
            await link._connection.AddSubAsync(link._subscription, cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch (Exception exception)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw JetStreamFailure.OfConnecting(exception, connection.Address);
        }
    }

    /// <summary>Hands an event to the connection.</summary>
    public ValueTask SendAsync(int slot, BufferedEvent bufferedEvent)
    {
        // The headers are written out before the call returns, or the call is awaited: one object serves all events.
        _headers.Clear();
        if (_sendIds)
            _headers[StoredMessage.MessageIdHeader] = bufferedEvent.Id.ToString("D");

        if (bufferedEvent.TraceParent is { } traceParent)
            _headers[StoredMessage.TraceParentHeader] = traceParent;

        // Within an epoch, each use of a slot is answered before the next, so that its reply subject can serve again.
        var replyTo = _replyTo[slot] ??= $"{_inbox}.{slot}";
        return _connection.PublishAsync(
            Encoding.ASCII.GetString(bufferedEvent.Subject.Span),
            bufferedEvent.Payload,
            _headers.Count > 0 ? _headers : null,
            replyTo,
            NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
            cancellationToken: _broken.Token);
    }

    /// <summary>Nothing more is to be sent or heard.</summary>
    public void Break(string reason)
    {
        lock (_gate)
        {
            if (_broken.IsCancellationRequested)
                return;

            Reason = reason;
        }

        // Continuations run elsewhere: this may be the reading thread.
        _ = _broken.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Break("the publisher was disposed");
        _connection.ConnectionDisconnected -= OnDisconnectedAsync;
        try
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _ = _noReconnect.TrySetCanceled();
        }
    }

    private ValueTask BeforeConnecting() => _opened ? new ValueTask(_noReconnect.Task) : ValueTask.CompletedTask;

    private ValueTask OnDisconnectedAsync(object? sender, NatsEventArgs arguments)
    {
        Break("the connection went down");
        return ValueTask.CompletedTask;
    }
}
