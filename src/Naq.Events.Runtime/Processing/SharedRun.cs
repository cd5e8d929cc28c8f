using Microsoft.Extensions.Logging;
using Naq.Events.Watching;

namespace Naq.Events.Processing;

/// <summary>
/// A run of a durable processor whose jobs are divided among the processes of its name. A process that takes part says so, and all that do take the shares by
/// turns; each share is kept by a lease of its own, so that a wrong count costs time and no order.
/// </summary>
internal sealed class SharedRun : IProcessorRun, IAsyncDisposable
{
    private readonly ISharingStore _store;
    private readonly string _name;
    private readonly ExclusiveTimes _times;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly ExclusiveRun[] _shares;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _taking;
    private IMembership? _membership;
    private Turn? _turn;

    /// <param name="store">Where processes tell each other that they take part.</param>
    /// <param name="name">The processor's durable name.</param>
    /// <param name="count">Into how many shares its jobs are divided.</param>
    /// <param name="ackWait">How long a process may give no sign of life.</param>
    /// <param name="open">Has a share handled while its lease is held, and its turn is here.</param>
    /// <param name="log">The log.</param>
    /// <param name="timeProvider">The clock.</param>
    public SharedRun(
        ISharingStore store,
        string name,
        int count,
        TimeSpan ackWait,
        Func<JobShare, Func<bool>, ExclusiveRun> open,
        ILogger log,
        TimeProvider timeProvider)
    {
        (_store, _name, _times, _log, _timeProvider) = (store, name, new ExclusiveTimes(ackWait), log, timeProvider);
        _shares = [.. Enumerable.Range(0, count).Select(index => open(new JobShare(index, count), () => Volatile.Read(ref _turn)?.Has(index) == true))];
        _taking = Task.Run(TakePartAsync);
    }

    public bool IsActive => _shares.Any(static share => share.IsActive);

    /// <summary>That of the share that is furthest behind: each reads the whole stream.</summary>
    public JobEventProcessorLag Lag
    {
        get
        {
            var (events, time) = (0L, TimeSpan.Zero);
            foreach (var share in _shares)
            {
                var lag = share.Lag;
                events = Math.Max(events, lag.Events);
                time = lag.Time > time ? lag.Time : time;
            }

            return new JobEventProcessorLag(events, time);
        }
    }

    public string? Stall() => _shares.Select(static share => share.Stall()).FirstOrDefault(static stall => stall is not null);

    public async ValueTask CatchUpAsync(ulong lastSequence, CancellationToken cancellationToken) =>
        await Task.WhenAll(_shares.Select(share => share.CatchUpAsync(lastSequence, cancellationToken).AsTask())).ConfigureAwait(false);

    public async ValueTask BeginAllAsync(ulong lastSequence, CancellationToken cancellationToken) =>
        await Task.WhenAll(_shares.Select(share => share.BeginAllAsync(lastSequence, cancellationToken).AsTask())).ConfigureAwait(false);

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _taking.ConfigureAwait(false);
        await Task.WhenAll(_shares.Select(share => share.StopAsync(cancellationToken).AsTask())).ConfigureAwait(false);
        _stopping.Dispose();
    }

    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    private async Task TakePartAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_times.KeepInterval, _timeProvider);
            do
                await TryTakePartAsync().ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask TryTakePartAsync()
    {
        using var timeout = new CancellationTokenSource(_times.KeepTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        try
        {
            _membership ??= await _store.OpenMembershipAsync($"{_name}.{_shares.Length}", _times.ForgetAfter, either.Token).ConfigureAwait(false);
            if (await _membership.BeatAsync(either.Token).ConfigureAwait(false) is not { } turn || turn == _turn)
                return;

            Volatile.Write(ref _turn, turn);
            ProcessingLog.SharesDivided(_log, _name, _shares.Length, turn.Members, turn.Place + 1);
        }
#pragma warning disable CA1031 // Whatever is wrong with the store, the next time is another try, and what is held is held by its lease.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_stopping.IsCancellationRequested)
                ProcessingLog.LeaseNotKept(_log, _name, exception.Message);
        }
    }

    /// <summary>What it has goes to the others as soon as it is released.</summary>
    private async ValueTask LeaveAsync()
    {
        if (_membership is null)
            return;

        using var timeout = new CancellationTokenSource(_times.KeepTimeout, _timeProvider);
        try
        {
            await _membership.LeaveAsync(timeout.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The others find out by themselves.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ProcessingLog.LeaseNotKept(_log, _name, exception.Message);
        }
    }
}
