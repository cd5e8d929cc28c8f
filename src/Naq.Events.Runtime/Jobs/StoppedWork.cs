namespace Naq.Events.Jobs;

/// <summary>Tells what work throws because it was stopped from what it would have thrown anyway.</summary>
internal static class StoppedWork
{
    public const string TokenCancelled = "The token of the run was cancelled.";

    /// <summary>Whether it is a cancellation, or another library's wrapping of one.</summary>
    public static bool IsCancelled(Exception error) => Holds<OperationCanceledException>(error);

    public static bool IsTimedOut(Exception error) => Holds<TimeoutException>(error);

    private static bool Holds<T>(Exception error)
        where T : Exception
    {
        // Of several errors one that was not asked for is the one to report.
        if (error is AggregateException { InnerExceptions.Count: > 0 } several)
            return several.InnerExceptions.All(Holds<T>);

        return error is T || (error.InnerException is { } inner && Holds<T>(inner));
    }
}
