namespace Naq.Events;

/// <content>The fluent form: each gives a narrower copy.</content>
public sealed partial record JobEventFilter
{
    /// <summary>Every event of the store's own environment and service: where a fluent filter begins.</summary>
    public static JobEventFilter All { get; } = new();

    /// <summary>Of one job.</summary>
    /// <param name="jobId">The job's id.</param>
    public JobEventFilter OfJob(string jobId) => this with { JobId = jobId };

    /// <summary>Of these standard types, in place of those before.</summary>
    /// <param name="types">The types.</param>
    public JobEventFilter OfTypes(params IEnumerable<JobEventType> types) => this with { EventNames = ForTypes(types).EventNames };

    /// <summary>Of these names, in place of those before.</summary>
    /// <param name="eventNames">The wire tokens.</param>
    public JobEventFilter OfNames(params IEnumerable<string> eventNames) => this with { EventNames = [.. eventNames] };

    /// <summary>Logged by one service.</summary>
    /// <param name="service">The service.</param>
    public JobEventFilter InService(string service) => this with { Service = service };

    /// <summary>Logged by any service.</summary>
    public JobEventFilter InAllServices() => this with { Service = AllServices };

    /// <summary>Logged in one environment.</summary>
    /// <param name="environment">The environment.</param>
    public JobEventFilter InEnvironment(string environment) => this with { Environment = environment };

    /// <summary>Logged in any environment.</summary>
    public JobEventFilter InAllEnvironments() => this with { Environment = AllEnvironments };

    /// <summary>Of one worker.</summary>
    /// <param name="workerId">The worker's id.</param>
    public JobEventFilter ByWorker(string workerId) => this with { WorkerId = workerId };

    /// <summary>Of one queue.</summary>
    /// <param name="queueName">The queue's name.</param>
    public JobEventFilter InQueue(string queueName) => this with { QueueName = queueName };

    /// <summary>With one type of error.</summary>
    /// <param name="errorType">The type, such as <c>System.IO.IOException</c>.</param>
    public JobEventFilter WithErrorType(string errorType) => this with { ErrorType = errorType };

    /// <summary>With one fingerprint of what failed.</summary>
    /// <param name="errorFingerprint">The hash.</param>
    public JobEventFilter WithErrorFingerprint(string errorFingerprint) => this with { ErrorFingerprint = errorFingerprint };

    /// <summary>Done for one request.</summary>
    /// <param name="correlationId">The id.</param>
    public JobEventFilter WithCorrelation(string correlationId) => this with { CorrelationId = correlationId };

    /// <summary>With a tag, besides those before.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public JobEventFilter WithTag(string name, string value) =>
        this with { Tags = new Dictionary<string, string>(Tags, StringComparer.Ordinal) { [name] = value } };

    /// <summary>With a text in the message, whatever its case.</summary>
    /// <param name="text">The text.</param>
    public JobEventFilter WithMessage(string text) => this with { MessageContains = text };

    /// <summary>From a time on.</summary>
    /// <param name="since">The earliest timestamp, included.</param>
    public JobEventFilter From(DateTimeOffset since) => this with { Since = since };

    /// <summary>Before a time.</summary>
    /// <param name="until">The latest timestamp, excluded.</param>
    public JobEventFilter Before(DateTimeOffset until) => this with { Until = until };
}
