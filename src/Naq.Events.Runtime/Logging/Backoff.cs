using Polly;
using Polly.Retry;

namespace Naq.Events.Logging;

/// <summary>Waits between attempts: they double, with jitter, up to half a minute or the first delay if that is longer.</summary>
internal static class Backoff
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>Tries until it works or is cancelled.</summary>
    public static ResiliencePipeline Forever(TimeSpan delay, TimeProvider timeProvider, Action<Exception?, TimeSpan> onRetry) =>
        Attempts(int.MaxValue, delay, timeProvider, onRetry);

    /// <summary>Tries again at most so many times.</summary>
    public static ResiliencePipeline Attempts(
        int retries, TimeSpan delay, TimeProvider timeProvider, Action<Exception?, TimeSpan> onRetry)
    {
        if (retries == 0)
            return ResiliencePipeline.Empty;

        return new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(IsFailure(arguments.Outcome.Exception, arguments.Context.CancellationToken)),
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = delay,
                MaxDelay = delay > MaxDelay ? delay : MaxDelay,
                OnRetry = arguments =>
                {
                    onRetry(arguments.Outcome.Exception, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    // A cancellation that nobody here asked for is a failure as any other: clients report their own timeouts so.
    private static bool IsFailure(Exception? exception, CancellationToken cancellationToken) =>
        exception is not null && (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested);
}
