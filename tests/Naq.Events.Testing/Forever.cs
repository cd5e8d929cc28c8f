namespace Naq.Events.Testing;

/// <summary>For handlers and stores that hang: what only a token ends.</summary>
public static class Forever
{
    /// <summary>Never returns.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task WaitAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
