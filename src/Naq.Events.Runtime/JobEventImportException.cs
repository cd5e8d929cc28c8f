namespace Naq.Events;

/// <summary>An import ended before the end of its source. The message says why; <see cref="Result"/> says how far it came.</summary>
public sealed class JobEventImportException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="result">What was done until then.</param>
    /// <param name="innerException">What was thrown underneath.</param>
    public JobEventImportException(string message, JobEventImportResult result, Exception? innerException = null)
        : base(message, innerException) => Result = result;

    /// <summary>What was done until then: an import can go on after its last line.</summary>
    public JobEventImportResult Result { get; }
}
