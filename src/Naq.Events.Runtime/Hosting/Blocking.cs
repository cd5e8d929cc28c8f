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
}
