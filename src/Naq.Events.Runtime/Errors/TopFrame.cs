using System.Text;

namespace Naq.Events.Errors;

/// <summary>The method that a stack trace begins with: neither its arguments, nor a file or a line, nor type arguments.</summary>
internal static class TopFrame
{
    public static void Append(StringBuilder text, ReadOnlySpan<char> stackTrace)
    {
        var line = stackTrace.Trim();
        if (line.IndexOfAny('\r', '\n') is var end and >= 0)
            line = line[..end];

        if (line.StartsWith("at ", StringComparison.Ordinal))
            line = line[3..];

        // "(String name) in Program.cs:line 5", or, compiled ahead of time, "(String) + 0x24" or "Program!<BaseAddress>+0x24".
        line = Before(line, "(");
        line = Before(line, " in ");
        line = Before(line, "+0x");
        line = Before(line, " + 0x");

        // Of names that the compiler makes, such as <RunAsync>d__12, the numbers change with any method beside them.
        var isCompilers = line.IndexOfAny('<', '|') >= 0;
        var depth = 0;
        var wasDigit = false;
        var isArity = false;
        foreach (var character in line)
        {
            depth += character == '[' ? 1 : 0;
            isArity = character == '`' || (isArity && char.IsAsciiDigit(character));
            var isDigit = isCompilers && char.IsAsciiDigit(character);
            if (depth == 0 && !isArity && !(isDigit && wasDigit))
                text.Append(isDigit ? '#' : character);

            depth -= character == ']' ? 1 : 0;
            wasDigit = isDigit;
        }
    }

    private static ReadOnlySpan<char> Before(ReadOnlySpan<char> text, string mark) =>
        text.IndexOf(mark, StringComparison.Ordinal) is var start and > 0 ? text[..start].TrimEnd() : text;
}
