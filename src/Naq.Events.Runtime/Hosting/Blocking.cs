namespace Naq.Events.Hosting;

/// <summary>
/// Waits for asynchronous work. The work runs on the thread pool, away from any synchronization context, so that the wait cannot
/// deadlock.
/// </summary>
internal static class Blocking
{
    public static T Wait<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        Task.Run(() => work(cancellationToken).AsTask(), CancellationToken.None).GetAwaiter().GetResult();

    public static void Wait(Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        Task.Run(() => work(cancellationToken).AsTask(), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Waits for what others complete. It needs no thread of the pool, which the timer of a cancellation would: the pool may have none left.</summary>
    /// <returns>Whether it is completed.</returns>
    public static bool Wait(Task task, TimeSpan timeout, TimeProvider timeProvider)
    {
        if (timeProvider == TimeProvider.System)
            return task.Wait(timeout);

        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        try
        {
            task.Wait(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
