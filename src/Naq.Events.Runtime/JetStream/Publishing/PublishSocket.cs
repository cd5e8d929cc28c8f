using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// Stands between NATS.Net and the socket of a publisher's connection. NATS.Net connects, authenticates and keeps the connection
/// alive; publish commands and their answers pass it by, as bytes.
/// </summary>
internal class PublishSocket(INatsSocketConnection inner, AnswerFrames answers) : INatsSocketConnection
{
    private readonly SemaphoreSlim _sending = new(1);
    private bool _insideCommand;

    /// <summary>
    /// Whether NATS.Net sends over it. It does not when it has put TLS between, on top of the bare socket: then nothing may be
    /// written here.
    /// </summary>
    public bool IsUsed { get; private set; }

    /// <summary>Sends what NATS.Net has to say: commands without payload, so that each ends where its line ends.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> buffer)
    {
        if (!_insideCommand)
            await _sending.WaitAsync().ConfigureAwait(false);

        _insideCommand = false;
        IsUsed = true;
        try
        {
            var sent = await inner.SendAsync(buffer).ConfigureAwait(false);
            _insideCommand = sent > 0 && buffer.Span[sent - 1] != (byte)'\n';
            return sent;
        }
        finally
        {
            if (!_insideCommand)
                _ = _sending.Release();
        }
    }

    /// <summary>Receives for NATS.Net what are not answers to publishes.</summary>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        while (true)
        {
            if (answers.TakeOthers(buffer.Span) is var taken and > 0)
                return taken;

            var received = await inner.ReceiveAsync(answers.Free()).ConfigureAwait(false);
            if (received == 0)
                return 0;

            answers.Received(received);
        }
    }

    /// <summary>Sends whole commands.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> commands)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            while (!commands.IsEmpty)
                commands = commands[await inner.SendAsync(commands).ConfigureAwait(false)..];
        }
        finally
        {
            _ = _sending.Release();
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
