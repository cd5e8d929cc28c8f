namespace Naq.Events.Logging;

/// <summary>Runs an operation until it succeeds, is cancelled, or fails for good. Safe for use from any thread.</summary>
/// <param name="retries">How many attempts may follow the first one.</param>
/// <param name="firstDelay">The wait before the second attempt; see <see cref="Backoff.DelayOf"/> for those that follow.</param>
/// <param name="longestDelay">What waits double up to.</param>
/// <param name="timeProvider">The clock that waits go by.</param>
/// <param name="isTransient">Whether another attempt may succeed; where it is null, any may.</param>
/// <param name="onRetry">Told of each failure that is followed by an attempt, and of the wait before that.</param>
internal sealed class Retry(
    int retries,
    TimeSpan firstDelay,
    TimeSpan longestDelay,
    TimeProvider timeProvider,
    Func<Exception, bool>? isTransient = null,
    Action<Exception, TimeSpan>? onRetry = null)
{
    /// <summary>Runs an operation.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, before an attempt or meanwhile.</exception>
    public async ValueTask ExecuteAsync(Func<CancellationToken, ValueTask> operation, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan delay;
            try
            {
                await operation(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (attempt < retries && IsTransient(exception, cancellationToken))
            {
                delay = Backoff.DelayOf(attempt, firstDelay, longestDelay, Random.Shared.NextDouble());
                onRetry?.Invoke(exception, delay);
            }

            await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs an operation that has a result.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, before an attempt or meanwhile.</exception>
    public async ValueTask<TResult> ExecuteAsync<TResult>(
        Func<CancellationToken, ValueTask<TResult>> operation, CancellationToken cancellationToken)
    {
        var result = default(TResult);
        await ExecuteAsync(async token => { result = await operation(token).ConfigureAwait(false); }, cancellationToken).ConfigureAwait(false);
        return result!;
    }

    // A cancellation that nobody here asked for is a failure as any other: clients report their own timeouts so.
    private bool IsTransient(Exception exception, CancellationToken cancellationToken) =>
        (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested) && (isTransient is null || isTransient(exception));
}
