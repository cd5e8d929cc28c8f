using Naq.Events.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// One connection of a publisher, for one epoch of its window. It opens once and never reconnects: NATS.Net would then first send
/// what its buffer still holds, the latest events, and the earlier ones, lost with the old connection, would be stored after them (docs/decisions/0005).
/// </summary>
internal sealed class PublishLink : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly bool _sendIds;
    private readonly MessageTtls? _ttls;
    private readonly IPublishAnswers _answers;
    private readonly Lock _gate = new();
    private readonly string _inbox;
    private readonly CancellationTokenSource _broken = new();
    private readonly TaskCompletionSource _noReconnect = new();
    private PublishSocket? _socket;
    private IPublishRoad? _road;
    private volatile bool _opened;

    private PublishLink(PublisherSettings settings, IPublishAnswers answers)
    {
        _sendIds = settings.SendIds;
        _ttls = settings.Ttls;
        _answers = answers;
        _connection = settings.Connection.CreateForPublisher(BeforeConnecting, OverSocket);
        _connection.ConnectionDisconnected += OnDisconnectedAsync;
        _connection.LameDuckModeActivated += OnLameDuckAsync;
        _connection.ServerError += OnServerErrorAsync;

        // A base inbox: under the connection's own inbox prefix, replies are taken for those of requests.
        _inbox = new NatsJSContext(_connection).NewBaseInbox();
    }

    /// <summary>Cancelled when nothing more can be sent or heard.</summary>
    public CancellationToken Broken => _broken.Token;

    public bool IsUsable => !_broken.IsCancellationRequested && _connection.ConnectionState == NatsConnectionState.Open;

    /// <summary>Why it broke.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The server's max_payload.</summary>
    public int MaxPayload => _connection.ServerInfo?.MaxPayload ?? JobEventLimits.EventBytes;

    /// <summary>Connects, and listens for the answers.</summary>
    /// <param name="settings">Whose connection's options to use, and which headers events have.</param>
    /// <param name="answers">Where answers go, on the connection's reading thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<PublishLink> OpenAsync(
        PublisherSettings settings, IPublishAnswers answers, CancellationToken cancellationToken)
    {
        var link = new PublishLink(settings, answers);
        try
        {
            await link._connection.ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            link._opened = true;
            link._road = link._socket is { IsUsed: true } socket
                ? new SocketRoad(socket, link._inbox, settings.Ttls)
                : new ClientRoad(link._connection, link._inbox, settings.Ttls, answers.Read, answers.Pause);
            await link._road.ListenAsync(cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch (Exception exception)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw JetStreamFailure.OfConnecting(exception, settings.Connection.Address);
        }
    }

    /// <summary>Says why the server would not take an event, and close the connection on it; or nothing.</summary>
    public string? Problem(BufferedEvent bufferedEvent)
    {
        var size = PublishFrames.SizeOf(bufferedEvent, _sendIds, new BatchPart(default, BatchPart.MaxEvents, Commits: true), _ttls);
        return size <= MaxPayload
            ? null
            : $"{size} bytes with headers are over the server's maximum payload of {MaxPayload} (max_payload).";
    }

    /// <summary>Sends an event, at the latest with the next <see cref="FlushAsync"/>.</summary>
    public ValueTask SendAsync(in SentEvent sent, BatchPart? part = null) => UnlessBroken(_road!.SendAsync(in sent, _sendIds, part));

    /// <summary>Hands all that was sent to the socket.</summary>
    public ValueTask FlushAsync() => UnlessBroken(_road!.FlushAsync());

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
        _connection.LameDuckModeActivated -= OnLameDuckAsync;
        _connection.ServerError -= OnServerErrorAsync;
        try
        {
            // A write that a frozen server holds up would hold up NATS.Net too.
            if (_socket is not null)
                await _socket.DisposeAsync().ConfigureAwait(false);

            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _ = _noReconnect.TrySetCanceled();
        }
    }

    /// <summary>A write to a frozen server ends with the link, not by itself.</summary>
    private ValueTask UnlessBroken(ValueTask write) =>
        write.IsCompleted ? write : new ValueTask(write.AsTask().WaitAsync(_broken.Token));

    private ValueTask BeforeConnecting() => _opened ? new ValueTask(_noReconnect.Task) : ValueTask.CompletedTask;

    private PublishSocket OverSocket(INatsSocketConnection socket)
    {
        var answers = new AnswerFrames(_answers.Read, _answers.Pause, OnServerError);
        return _socket = socket is INatsTlsUpgradeableSocketConnection upgradeable
            ? new UpgradeablePublishSocket(upgradeable, answers)
            : new PublishSocket(socket, answers);
    }

    /// <summary>Whatever the server complains of, an event without an answer is among what it did not take.</summary>
    private void OnServerError(string error) => Break($"the server says: {error}");

    private ValueTask OnServerErrorAsync(object? sender, NatsServerErrorEventArgs arguments)
    {
        OnServerError(arguments.Error);
        return ValueTask.CompletedTask;
    }

    /// <summary>The server takes no new clients and has stopped JetStream: another one takes the events.</summary>
    private ValueTask OnLameDuckAsync(object? sender, NatsLameDuckModeActivatedEventArgs arguments)
    {
        Break("the server shuts down (lame duck mode)");
        return ValueTask.CompletedTask;
    }

    private ValueTask OnDisconnectedAsync(object? sender, NatsEventArgs arguments)
    {
        Break("the connection went down");
        return ValueTask.CompletedTask;
    }
}
