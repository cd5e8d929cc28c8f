using System.Text;
using Naq.Events.CompilerServices;

namespace Naq.Events.Errors;

/// <summary>
/// A hash that is the same for failures of one kind: of the error's type, the shape of its message and the frame that it was
/// thrown in.
/// </summary>
internal static class ErrorFingerprint
{
    /// <param name="exception">The error.</param>
    /// <param name="stackTrace">Its stack trace, as <see cref="ErrorStack.TraceOf"/> gives it.</param>
    public static string Of(Exception exception, string? stackTrace)
    {
        var text = new StringBuilder(256);
        text.Append(WithoutInstantiation(JobEventText.ErrorType(exception)!)).Append('\n');
        MessageShape.Append(text, JobEventText.ErrorMessage(exception));
        text.Append('\n');
        TopFrame.Append(text, stackTrace);
        return JobEventRedaction.Hash(text.ToString());
    }

    // The type arguments of a generic exception, with the versions of their assemblies.
    private static ReadOnlySpan<char> WithoutInstantiation(ReadOnlySpan<char> type) =>
        type.IndexOf('[') is var start and >= 0 ? type[..start] : type;
}
