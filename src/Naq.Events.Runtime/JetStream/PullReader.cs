using System.Globalization;
using System.Text;
using System.Threading.Channels;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// Pulls a consumer's messages, a bounded number ahead of its caller. It serves one start: when the connection, the consumer or
/// the server's heartbeat goes, it breaks, and its owner starts another from where it was.
/// </summary>
internal sealed class PullReader<TPayload> : IAsyncDisposable
{
    // The server refuses a heartbeat that is longer than half of a request.
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(5);

    // Two heartbeats, and some for a slow network.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(11);

    private readonly JetStreamApi _api;
    private readonly long _requestTime;
    private readonly long _heartbeat;
    private readonly string _request;
    private readonly INatsSub<TPayload> _subscription;
    private readonly ChannelReader<NatsMsg<TPayload>> _messages;
    private readonly PullOptions _options;
    private readonly CancellationTokenSource _disconnected = new();
    private readonly Queue<int> _requests = new();
    private long _notAsked;
    private int _asked;
    private int _leftOfRequest;
    private bool _follows = true;
    private NatsMsg<TPayload>? _notReturned;
    private PullBrokenException? _broken;

    /// <param name="api">The server.</param>
    /// <param name="request">The subject of the consumer's pull requests.</param>
    /// <param name="subscription">Where its messages come.</param>
    /// <param name="options">How they are asked for.</param>
    public PullReader(JetStreamApi api, string request, INatsSub<TPayload> subscription, PullOptions options)
    {
        _api = api;
        _request = request;
        _subscription = subscription;
        _messages = options.ShowsUnread ? new UnreadMessages<TPayload>(subscription.Msgs, subscription.Subject) : subscription.Msgs;
        _options = options;
        _notAsked = options.Total;
        var lasts = options.RequestTime;
        _requestTime = StreamSettings.Nanoseconds(lasts);
        _heartbeat = StreamSettings.Nanoseconds(lasts / 2 < LongestHeartbeat ? lasts / 2 : LongestHeartbeat);
        api.Connection.ConnectionDisconnected += OnDisconnectedAsync;
    }

    /// <summary>Asks for the first messages.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken) => AskAsync(cancellationToken);

    /// <summary>The messages that have come and were not read.</summary>
    public int Buffered => _messages.Count;

    /// <summary>Their reply subjects, for any thread; of none unless <see cref="PullOptions.ShowsUnread"/>.</summary>
    public IReadOnlyList<string> Unread => _messages is UnreadMessages<TPayload> unread ? unread.ReplySubjects() : [];

    /// <summary>The messages that were asked for and have not come yet.</summary>
    public int Owed => _asked - Buffered;

    /// <summary>
    /// Whether the server may have had nothing to send the next message for: it is the first of a request that was sent while the one
    /// before may have been at its end. Requests that expire are followed by another at once.
    /// </summary>
    public bool MayHaveWaited => _leftOfRequest == 0 && !_follows;

    /// <summary>The next message.</summary>
    /// <exception cref="PullBrokenException">No more will come.</exception>
    public async ValueTask<NatsMsg<TPayload>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_messages.TryRead(out var message))
            {
                if (message.Subject == _subscription.Subject)
                {
                    TakeStatus(message);
                }
                else
                {
                    _asked--;
                    if (_leftOfRequest == 0)
                        _ = _requests.TryDequeue(out _leftOfRequest);

                    _leftOfRequest--;
                    _follows = false;
                    try
                    {
                        if (_broken is null)
                            await AskAsync(cancellationToken).ConfigureAwait(false);
                    }
                    catch (PullBrokenException broken)
                    {
                        // That nothing is to follow it is no reason not to hand it out.
                        _broken = broken;
                    }
                    catch
                    {
                        _notReturned = message;
                        throw;
                    }

                    return message;
                }
            }

            if (_broken is not null)
                throw _broken;

            await AskAsync(cancellationToken).ConfigureAwait(false);
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the server's sending, and gives what has already come and was not read.</summary>
    public async ValueTask<IReadOnlyList<NatsMsg<TPayload>>> StopAsync(CancellationToken cancellationToken)
    {
        var left = new List<NatsMsg<TPayload>>();
        try
        {
            // Unsubscribes, and waits until what was under way has come.
            await _subscription.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or NatsException)
        {
            // What could not be fetched is delivered again after its wait.
        }

        if (_notReturned is { } notReturned)
            left.Add(notReturned);

        while (_messages.TryRead(out var message))
        {
            if (message.Subject != _subscription.Subject)
                left.Add(message);
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Connection.ConnectionDisconnected -= OnDisconnectedAsync;
        await _subscription.DisposeAsync().ConfigureAwait(false);
        _disconnected.Dispose();
    }

    private async ValueTask OnDisconnectedAsync(object? sender, NatsEventArgs arguments)
    {
        try
        {
            await _disconnected.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The event was under way when the reader was disposed.
        }
    }

    private ValueTask AskAsync(CancellationToken cancellationToken)
    {
        var count = _options.MayAsk?.Invoke() == false ? 0 : (int)Math.Min(_options.Ahead - _asked, _notAsked);
        return count > 0 && _asked <= _options.Ahead / 2 ? AskAsync(count, cancellationToken) : ValueTask.CompletedTask;
    }

    private async ValueTask AskAsync(int count, CancellationToken cancellationToken)
    {
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"batch\":{count},\"expires\":{_requestTime},\"idle_heartbeat\":{_heartbeat}}}");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disconnected.Token);
        try
        {
            await _api.Connection.PublishAsync(
                _request,
                Encoding.ASCII.GetBytes(request),
                replyTo: _subscription.Subject,
                serializer: NatsRawSerializer<byte[]>.Default,
                cancellationToken: either.Token).ConfigureAwait(false);
            _requests.Enqueue(count);
            _asked += count;
            _notAsked -= count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PullBrokenException("the connection went down");
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disconnected.Token);
        using var deadline = new Deadline(LongestSilence, _api.TimeProvider, either.Token);
        try
        {
            if (!await _messages.WaitToReadAsync(deadline.Token).ConfigureAwait(false))
                throw new PullBrokenException("the subscription ended");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PullBrokenException(_disconnected.IsCancellationRequested ? "the connection went down" : "the server's heartbeat stopped");
        }
    }

    private void TakeStatus(in NatsMsg<TPayload> status)
    {
        // See JobEventSubscription.
        if (status.Headers is null)
            throw new PullBrokenException("the connection is another one");

        if (status.HasNoResponders)
            throw new PullBrokenException("nobody answers for the consumer", consumerGone: true);

        var code = status.Headers?.Code ?? 0;
        var text = status.Headers?.MessageText ?? "";
        switch (code)
        {
            case 100:
                return;

            // A pull request has ended; the rest of it is not to come any more.
            case 408 or 404:
            case 409 when text.Contains("MaxBytes", StringComparison.OrdinalIgnoreCase):
                if (_leftOfRequest == 0)
                    _ = _requests.TryDequeue(out _);

                (_leftOfRequest, _follows) = (0, true);
                var unfilled = Unfilled(status);
                _asked -= unfilled;
                _notAsked += unfilled;
                return;

            case 409 when text.Contains("Consumer Deleted", StringComparison.OrdinalIgnoreCase):
                throw new PullBrokenException("the consumer was removed", consumerGone: true);

            default:
                throw new PullBrokenException($"the server says {code} {text}");
        }
    }

    private int Unfilled(in NatsMsg<TPayload> status) =>
        status.Headers!.TryGetLastValue("Nats-Pending-Messages", out var text)
        && int.TryParse(text, CultureInfo.InvariantCulture, out var count)
            ? Math.Min(count, _asked)
            : _asked;
}
