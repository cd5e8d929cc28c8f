namespace Naq.Events;

/// <summary>
/// An event does not carry what a handler's parameter asks for, or carries it with another type. Delivering the event again
/// would not help: it belongs among the dead letters.
/// </summary>
public sealed class JobEventBindingException : Exception
{
    /// <summary>Describes what could not be bound.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <param name="parameter">The name that was looked for, as it is on the wire.</param>
    /// <param name="expected">The JSON type that the parameter needs.</param>
    /// <param name="actual">What was there.</param>
    /// <param name="innerException">Why the value could not be read.</param>
    public JobEventBindingException(
        JobEvent jobEvent, string parameter, string expected, string actual, Exception? innerException = null)
        : base(MessageOf(jobEvent, parameter, expected, actual), innerException)
    {
        JobId = jobEvent.JobId;
        EventName = jobEvent.EventName;
        Parameter = parameter;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The job's id.</summary>
    public string JobId { get; }

    /// <summary>The event's wire token.</summary>
    public string EventName { get; }

    /// <summary>The name that was looked for, as it is on the wire.</summary>
    public string Parameter { get; }

    /// <summary>The JSON type that the parameter needs.</summary>
    public string Expected { get; }

    /// <summary>What was there.</summary>
    public string Actual { get; }

    private static string MessageOf(JobEvent jobEvent, string parameter, string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        return $"Event '{jobEvent.EventName}' of job '{jobEvent.JobId}' cannot be bound to parameter '{parameter}': "
            + $"it needs {expected}, and there was {actual}.";
    }
}
