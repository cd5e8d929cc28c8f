using Naq.Events.CompilerServices;

namespace Naq.Events.Processing;

/// <summary>What a handler may take, and what its failure leads to: as its attributes say, or else the processor's options.</summary>
internal sealed class FailurePolicy(JobEventProcessorOptions options)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>Whether events are tried again at all, and then become dead letters.</summary>
    public bool IsDurable => options.Name is not null;

    public TimeSpan Timeout(JobEventHandlerPolicy? handler) => handler?.Timeout ?? options.HandlerTimeout;

    /// <summary>The most calls of a handler at once; <see langword="null"/> where only workers limit them.</summary>
    public int? Concurrency(JobEventHandlerPolicy? handler) => handler?.Concurrency ?? options.HandlerConcurrency;

    public int MaxAttempts(JobEventHandlerPolicy? handler) => handler?.MaxAttempts ?? options.MaxDeliver;

    public bool Drops(JobEventHandlerPolicy? handler, Exception exception) =>
        handler?.Drops?.Invoke(exception) == true || IsOneOf(options.DropOn, exception);

    public bool NeverRetries(JobEventHandlerPolicy? handler, Exception exception) =>
        handler?.NeverRetries?.Invoke(exception) == true || IsOneOf(options.NeverRetry, exception);

    /// <summary>How long a failed event waits after this try, the first being 1.</summary>
    public TimeSpan Delay(JobEventHandlerPolicy? handler, int attempt)
    {
        var first = handler?.Delay ?? options.RetryDelay;
        var delay = (handler?.Backoff ?? JobEventBackoff.Exponential) switch
        {
            JobEventBackoff.Constant => first,
            JobEventBackoff.Linear => first * attempt,
            _ => first * Math.Pow(2, Math.Min(attempt - 1, 30)),
        };
        var longest = handler?.MaxDelay ?? (first > LongestDelay ? first : LongestDelay);
        return delay < longest ? delay : longest;
    }

    private static bool IsOneOf(IList<Type> types, Exception exception)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i].IsInstanceOfType(exception))
                return true;
        }

        return false;
    }
}
