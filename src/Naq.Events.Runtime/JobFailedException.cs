namespace Naq.Events;

/// <summary>Why a job failed, where nothing was thrown. <see cref="JobScope.Fail(string)"/> logs it as the error.</summary>
public sealed class JobFailedException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="reason">Why, for people.</param>
    public JobFailedException(string reason)
        : base(reason)
    {
    }
}
