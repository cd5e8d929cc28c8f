namespace Naq.Events.JetStream.Tests.JobViews;

/// <summary>Events of some jobs in any order, some of which no worker would log.</summary>
internal sealed class RandomHistory(int seed)
{
    private static readonly string[] Names =
    [
        "enqueued", "dequeued", "started", "heartbeat", "completed", "failed", "timeout", "cancelled", "retry_scheduled", "retry_started",
        "max_retries_exceeded", "stalled", "scheduled", "waiting_for_dependencies", "ttl_expired", "payment_captured",
    ];

    private readonly Random _random = new(seed);
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddMinutes(-30);

    public JobEvent[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private JobEvent Next()
    {
        var name = Names[_random.Next(Names.Length)];
        return new JobEvent(JobId(_random.Next(60)), name)
        {
            Timestamp = _from.AddSeconds(_random.Next(1_800)),
            Attempt = _random.Next(3) == 0 ? null : _random.Next(1, 4),
            RunId = _random.Next(3) == 0 ? $"run-{_random.Next(3)}" : null,
            QueueName = _random.Next(2) == 0 ? $"queue-{_random.Next(3)}" : null,
            WorkerId = _random.Next(2) == 0 ? $"worker-{_random.Next(3)}" : null,
            DurationMs = _random.Next(2) == 0 ? _random.NextDouble() * 1_000 : null,
            ErrorType = name == "failed" ? "Error" : null,
            ErrorMessage = name == "failed" ? "It did not work: \"ß\", 世界." : null,
        };
    }

    private static string JobId(int number) => (number % 6) switch
    {
        0 => $"job {number} *.>",
        1 => $"世界/{number}",
        2 => $"{number}=2A%20",
        _ => $"job-{number}",
    };
}
