using System.Text;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Bytes straight to the socket, many events in one write.</summary>
internal sealed class SocketRoad(PublishSocket socket, string inbox, MessageTtls? ttls) : IPublishRoad
{
    private readonly PublishFrames _frames = new(inbox, ttls);

    public ValueTask ListenAsync(CancellationToken cancellationToken) =>
        socket.WriteAsync(Encoding.ASCII.GetBytes($"SUB {inbox}.* {Encoding.ASCII.GetString(AnswerFrames.SubscriptionId)}\r\n"));

    public ValueTask SendAsync(in SentEvent sent, bool withId, BatchPart? part)
    {
        _frames.Add(sent.Group, sent.Event, withId, part);
        return _frames.IsFull ? FlushAsync() : ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync()
    {
        if (_frames.Written.IsEmpty)
            return;

        await socket.WriteAsync(_frames.Written).ConfigureAwait(false);
        _frames.Clear();
    }
}
