using Microsoft.Extensions.Logging;
using Naq.Events.Diagnostics;
using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// Publishes in order, thousands of events ahead of their acknowledgements. After any fault it goes back to the oldest event that
/// is not acknowledged and sends all again over a new connection; the server knows those it has by their ids.
/// </summary>
internal sealed partial class JetStreamPublisher : IJobEventPublisher
{
    // The server holds 100,000 for one stream, of all publishers together, and drops what comes above that.
    private const int WindowCapacity = 8_192;
    private const int SmallestWindow = 64;
    private const int WindowStep = 256;

    private readonly PublisherSettings _settings;
    private readonly AckWindow _window = new(WindowCapacity);
    private readonly AutoResetSignal _work = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _pump;
    private readonly Task _watch;
    private volatile PublishLink? _link;
    private volatile int _maxEventBytes;
    private bool _streamMissing;

    // The most events under way: halved when the server is overloaded, wider again from time to time.
    private volatile int _limit = WindowCapacity;

    // How many events are to be sent in groups of their own, so that it is known which of them the server refuses.
    private int _singly;

    public JetStreamPublisher(PublisherSettings settings)
    {
        _settings = settings;
        MaxEventBytes = settings.MaxEventBytes;
        _pump = Task.Run(RunAsync);
        _watch = Task.Run(WatchAsync);
    }

    public bool IsConnected => _link is not null;

    public int MaxEventBytes
    {
        get => _maxEventBytes;
        private set => _maxEventBytes = value;
    }

    public async ValueTask PublishAsync(
        ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            var taken = _window.Add(events.Span, outcomes);
            if (taken > 0)
                _work.Set();

            if (taken == events.Length)
                return;

            events = events[taken..];
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            try
            {
                await _window.WaitForRoomAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ObjectDisposedException(nameof(JetStreamPublisher));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _window.Close();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var retry = Backoff.Forever(_settings.RetryDelay, _settings.TimeProvider, (exception, delay) =>
            JetStreamLog.PublishingInterrupted(_settings.Logger, _settings.Connection.Address, delay, exception.Message));
        try
        {
            // A link that worked and then broke is followed by another at once; one that did not is retried with backoff.
            while (true)
                await retry.ExecuteAsync(RunLinkAsync, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async ValueTask RunLinkAsync(CancellationToken cancellationToken)
    {
        if (_streamMissing)
        {
            await _settings.EnsureStreamAsync(cancellationToken).ConfigureAwait(false);
            _streamMissing = false;
        }

        var again = _window.GoBack(out var epoch);
        var answers = new EpochAnswers(_window, epoch, _settings, _work);
        var link = await PublishLink.OpenAsync(_settings, answers, cancellationToken).ConfigureAwait(false);
        try
        {
            MaxEventBytes = Math.Min(JobEventLimits.EventBytes, link.MaxPayload);
            _link = link;
            if (again > 0)
            {
                JobEventMetrics.Resent.Add(again, _settings.Tags);
                JetStreamLog.PublishingResumed(_settings.Logger, _settings.Connection.Address, again);
            }

            await EndStoredAsync(epoch, cancellationToken).ConfigureAwait(false);
            var sender = new EpochSender(_window, link, answers, _settings, _work, () => _limit) { Singly = _singly, SentBefore = again };
            var reason = await sender.RunAsync(cancellationToken).ConfigureAwait(false);
            _singly = !answers.SuspectsEvents ? sender.Singly : _settings.OneBatchUnderWay ? BatchPart.MaxEvents : _window.Capacity;
            if (answers.Overloaded)
            {
                _limit = Math.Max(SmallestWindow, _limit / 2);
                JetStreamLog.PublishingSlowsDown(_settings.Logger, _settings.Connection.Address, reason, _limit);
                if (answers.AnyStored)
                    return;
            }

            if ((answers.Refusal is not null && !answers.StreamMissing) || !answers.AnyStored)
                throw new PublishInterruptedException(reason);

            JetStreamLog.PublishingReconnects(_settings.Logger, _settings.Connection.Address, reason);
        }
        finally
        {
            _link = null;
            _streamMissing = answers.StreamMissing;
            await link.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Breaks a link whose answers do not come.</summary>
    private async Task WatchAsync()
    {
        var timeout = _settings.AckTimeout;
        try
        {
            using var timer = new PeriodicTimer(timeout / 4, _settings.TimeProvider);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                _limit = Math.Min(WindowCapacity, _limit + WindowStep);
                var before = _settings.TimeProvider.GetTimestamp() - (long)(timeout.TotalSeconds * _settings.TimeProvider.TimestampFrequency);
                if (_link is { } link && _window.HasSentBefore(before))
                    link.Break($"no acknowledgement came within {timeout.TotalSeconds:0.#} s");
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
