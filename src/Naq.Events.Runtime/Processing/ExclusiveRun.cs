using Microsoft.Extensions.Logging;
using Naq.Events.Watching;

namespace Naq.Events.Processing;

/// <summary>
/// A run of a durable processor, or of a share of its jobs, that handles events while it has the lease of its name: of several processes one is active, and the
/// others stand by.
/// </summary>
internal sealed class ExclusiveRun : IProcessorRun, IAsyncDisposable
{
    private static readonly JobEventProcessorLag NoLag = new(0, TimeSpan.Zero);

    private readonly ILeasingStore? _leasing;
    private readonly string _name;
    private readonly ExclusiveTimes _times;
    private readonly Func<Fence, ProcessorRun> _begin;
    private readonly Func<bool> _isWanted;
    private readonly Fence _fence;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _keeping;
    private ILease? _lease;
    private volatile ProcessorRun? _run;
    private CancellationTokenSource _yield = new();
    private Task? _yielding;
    private bool _isStopping;

    /// <param name="leasing">Where the lease is; <see langword="null"/> where there can be one process only.</param>
    /// <param name="name">The lease's name.</param>
    /// <param name="ackWait">How long a process may give no sign of life.</param>
    /// <param name="begin">Begins to handle, as long as the fence is not over.</param>
    /// <param name="isWanted">Whether this process is to have the lease; where it has it and is not to, it lets another have it when what runs has ended.</param>
    /// <param name="log">The log.</param>
    /// <param name="timeProvider">The clock.</param>
    public ExclusiveRun(
        ILeasingStore? leasing, string name, TimeSpan ackWait, Func<Fence, ProcessorRun> begin, Func<bool> isWanted, ILogger log, TimeProvider timeProvider)
    {
        (_leasing, _name, _begin, _isWanted, _log, _timeProvider) = (leasing, name, begin, isWanted, log, timeProvider);
        _times = new ExclusiveTimes(ackWait);
        _fence = new Fence(_times.Fence, timeProvider);
        _keeping = Task.Run(KeepAsync);
    }

    public bool IsActive => _run is not null;

    public JobEventProcessorLag Lag => _run?.Lag ?? NoLag;

    public string? Stall() => _run?.Stall();

    public ValueTask CatchUpAsync(ulong lastSequence, CancellationToken cancellationToken) =>
        _run?.CatchUpAsync(lastSequence, cancellationToken) ?? default;

    public ValueTask BeginAllAsync(ulong lastSequence, CancellationToken cancellationToken) =>
        _run?.BeginAllAsync(lastSequence, cancellationToken) ?? default;

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _isStopping = true;
        _ = _changing.Release();

        // The lease is kept until what runs has ended.
        if (_yielding is not null)
            await _yielding.ConfigureAwait(false);
        else if (_run is { } run)
            await run.StopAsync(cancellationToken).ConfigureAwait(false);

        _run = null;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
        _stopping.Dispose();
        _changing.Dispose();
        _yield.Dispose();
    }

    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    private async Task KeepAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_times.KeepInterval, _timeProvider);
            do
            {
                // A process that was frozen has let events go that it was about to begin with: they come again before later ones only where it takes over anew.
                var hasLapsed = _run is not null && _fence.IsOver;
                var isWanted = _isWanted();
                var isHeld = isWanted || _run is not null ? await TryKeepAsync().ConfigureAwait(false) : false;
                await _changing.WaitAsync(_stopping.Token).ConfigureAwait(false);
                if (!_isStopping)
                    await ChangeAsync(isHeld, isWanted, hasLapsed).ConfigureAwait(false);

                _ = _changing.Release();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask ChangeAsync(bool? isHeld, bool isWanted, bool hasLapsed)
    {
        if (_run is not { } run)
        {
            if (isHeld != true)
                return;

            _run = _begin(_fence);
            ProcessingLog.TookOver(_log, _name);
        }
        else if (isHeld == false || hasLapsed || _fence.IsOver)
        {
            ProcessingLog.StandsBy(_log, _name);
            await _yield.CancelAsync().ConfigureAwait(false);
            await (_yielding ?? run.StopAsync(_yield.Token).AsTask()).ConfigureAwait(false);
            End();
        }
        else if (_yielding is { IsCompleted: true })
        {
            ProcessingLog.Yielded(_log, _name);
            End();
            await ReleaseAsync().ConfigureAwait(false);
        }
        else if (!isWanted)
        {
            // The lease is kept meanwhile.
            _yielding ??= run.StopAsync(_yield.Token).AsTask();
        }
    }

    private void End()
    {
        _run = null;
        _yielding = null;
        _yield.Dispose();
        _yield = new CancellationTokenSource();
    }

    /// <summary>Whether the lease is held; <see langword="null"/> where nobody answers.</summary>
    private async ValueTask<bool?> TryKeepAsync()
    {
        var asked = _fence.Now;
        using var timeout = new CancellationTokenSource(_times.KeepTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        try
        {
            _lease ??= _leasing is null
                ? new HeldAlone()
                : await _leasing.OpenProcessorLeaseAsync(_name, _times.TakeOverAfter, either.Token).ConfigureAwait(false);
            if (!await _lease.KeepAsync(either.Token).ConfigureAwait(false))
                return false;

            _fence.Renew(asked);
            return true;
        }
#pragma warning disable CA1031 // Whatever is wrong with the store, the next time is another try, and the fence ends by itself.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_stopping.IsCancellationRequested)
                ProcessingLog.LeaseNotKept(_log, _name, exception.Message);

            return null;
        }
    }

    private async ValueTask ReleaseAsync()
    {
        if (_lease is null)
            return;

        using var timeout = new CancellationTokenSource(_times.KeepTimeout, _timeProvider);
        try
        {
            await _lease.ReleaseAsync(timeout.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Not released, it ends by itself.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.LeaseNotKept(_log, _name, exception.Message);
        }
    }
}
