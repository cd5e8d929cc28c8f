namespace Naq.Events.JetStream;

/// <summary>
/// Knows how far the stream had come while a reader had nothing to read: what is removed up to there, it had not to read. Otherwise a
/// reader of rare events would take all that expires between two of them for lost. It asks twice a minute.
/// </summary>
internal sealed class IdleWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Consumers _consumers;
    private readonly ITimer _timer;
    private ulong _waitsFor;
    private ulong _seenUpTo;
    private int _asking;

    public IdleWatch(Consumers consumers)
    {
        _consumers = consumers;
        _timer = consumers.Api.TimeProvider.CreateTimer(_ => _ = AskAsync(), null, Interval, Interval);
    }

    /// <summary>The last sequence the stream had when the reader had read all.</summary>
    public ulong SeenUpTo => Volatile.Read(ref _seenUpTo);

    /// <summary>Notes the first sequence that a reader who has read all waits for; 0 when it has not.</summary>
    public void Set(ulong next) => Volatile.Write(ref _waitsFor, next);

    public void Dispose() => _timer.Dispose();

    private async Task AskAsync()
    {
        var waitsFor = Volatile.Read(ref _waitsFor);
        if (waitsFor == 0 || Interlocked.Exchange(ref _asking, 1) != 0)
            return;

        try
        {
            var state = await _consumers.StateAsync(CancellationToken.None).ConfigureAwait(false);
            if (Volatile.Read(ref _waitsFor) == waitsFor)
                Volatile.Write(ref _seenUpTo, state.Last);
        }
        catch (Exception exception) when (JetStreamFailure.IsTransient(exception) || exception is JetStreamApiException or ObjectDisposedException)
        {
            // The reader itself finds out, and says so.
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }
}
