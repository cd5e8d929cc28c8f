using System.Threading.Channels;

namespace Naq.Events.JetStream;

/// <summary>Wakes one waiter; a signal that nobody waits for is kept, a second one is not.</summary>
internal sealed class AutoResetSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true });

    public void Set() => _ = _channel.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        _ = await _channel.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
