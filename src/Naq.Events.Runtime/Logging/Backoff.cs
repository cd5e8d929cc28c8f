using Polly;
using Polly.Retry;

namespace Naq.Events.Logging;

/// <summary>Waits between attempts: they double, with jitter, up to half a minute.</summary>
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
                ShouldHandle = new PredicateBuilder().Handle<Exception>(static exception => exception is not OperationCanceledException),
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = delay,
                MaxDelay = MaxDelay,
                OnRetry = arguments =>
                {
                    onRetry(arguments.Outcome.Exception, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }
}
