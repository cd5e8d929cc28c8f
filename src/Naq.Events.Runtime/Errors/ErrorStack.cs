using System.Text;
using Naq.Events.CompilerServices;
using Naq.Events.Serialization;

namespace Naq.Events.Errors;

/// <summary>The stack of an error, and those of the errors inside of it.</summary>
internal static class ErrorStack
{
    private const int MostInner = 8;

    /// <summary>Where it was thrown, or <see langword="null"/> for what was never thrown.</summary>
    public static string? TraceOf(Exception exception)
    {
        try
        {
            return exception.StackTrace is { Length: > 0 } trace ? trace : null;
        }
#pragma warning disable CA1031 // A log call often stands in a catch block: it must not throw what a foreign property throws.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return $"(the stack trace could not be read: {JobEventText.ErrorType(thrown)})";
        }
    }

    /// <summary>
    /// The trace, then those of the inner errors, each behind its type and message; cut at the end of a line, so that what is
    /// left is within <see cref="JobEventLimits.ErrorStackBytes"/>.
    /// </summary>
    public static string? Of(Exception exception, string? trace)
    {
        if (exception.InnerException is null)
            return trace is null ? null : TextLimit.CutLines(trace, JobEventLimits.ErrorStackBytes);

        var text = new StringBuilder(trace);
        var inner = exception.InnerException;
        for (var depth = 0; inner is not null && depth < MostInner; depth++, inner = inner.InnerException)
        {
            if (text.Length > 0)
                text.Append('\n');

            text.Append(" ---> ").Append(JobEventText.ErrorType(inner)).Append(": ").Append(JobEventText.ErrorMessage(inner));
            if (TraceOf(inner) is { } innerTrace)
                text.Append('\n').Append(innerTrace);
        }

        return TextLimit.CutLines(text.ToString(), JobEventLimits.ErrorStackBytes);
    }
}
