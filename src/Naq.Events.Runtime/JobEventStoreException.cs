namespace Naq.Events;

/// <summary>A store could not be reached, or refused. The message says what is wrong and what to do.</summary>
public class JobEventStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What was thrown underneath.</param>
    public JobEventStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
