using System.ComponentModel;

namespace Naq.Events.CompilerServices;

/// <summary>The texts an exception gives to an event. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobEventText
{
    /// <summary>The exception's type with its namespace, such as <c>System.IO.IOException</c>.</summary>
    /// <param name="exception">The exception.</param>
    public static string? ErrorType(Exception? exception)
    {
        var type = exception?.GetType();
        return type?.FullName ?? type?.Name;
    }

    /// <summary>The exception's message.</summary>
    /// <param name="exception">The exception; one whose message itself throws has a message that says so.</param>
    public static string? ErrorMessage(Exception? exception)
    {
        try
        {
            return exception?.Message;
        }
#pragma warning disable CA1031 // A log call often stands in a catch block: it must not throw what a foreign property throws.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return $"(the message could not be read: {thrown.GetType().FullName})";
        }
    }

    /// <summary>
    /// The exception's stack trace and those of its inner exceptions, within <see cref="JobEventLimits.ErrorStackBytes"/>;
    /// <see langword="null"/> for one that was never thrown.
    /// </summary>
    /// <param name="exception">The exception.</param>
    public static string? ErrorStack(Exception? exception) =>
        exception is null ? null : Errors.ErrorStack.Of(exception, Errors.ErrorStack.TraceOf(exception));

    /// <summary>
    /// 16 hexadecimal digits that are the same for failures of one kind: of one type, thrown by one method, with messages that
    /// differ only in numbers, ids and quoted parts.
    /// </summary>
    /// <param name="exception">The exception.</param>
    public static string? ErrorFingerprint(Exception? exception) =>
        exception is null ? null : Errors.ErrorFingerprint.Of(exception, Errors.ErrorStack.TraceOf(exception));
}
