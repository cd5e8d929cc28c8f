namespace Naq.Events.Testing;

/// <summary>For handlers and stores that hang: what only a token ends.</summary>
public static class Forever
{
    /// <summary>Never returns.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task WaitAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>Returns after so long: what takes its time, unless its token ends it.</summary>
    /// <param name="longest">The deadline.</param>
    /// <param name="cancellationToken">Ends the wait before.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(longest, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
