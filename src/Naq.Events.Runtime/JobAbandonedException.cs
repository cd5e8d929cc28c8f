namespace Naq.Events;

/// <summary>
/// The error of a job whose scope was disposed without an outcome: an exception left it, or nobody said that it completed. It is
/// logged, never thrown.
/// </summary>
public sealed class JobAbandonedException : Exception
{
    internal JobAbandonedException()
        : base("The job's scope was disposed without an outcome: an exception left it, or Complete was not called.")
    {
    }
}
