using System.Text;

namespace Naq.Events.Generators.Helpers;

/// <summary>Prints C# with indentation. Lines end in a line feed on every platform, so that output is the same everywhere.</summary>
internal sealed class SourceWriter
{
    private const string IndentUnit = "    ";

    private readonly StringBuilder _text = new();
    private int _indent;

    public void WriteLine() => _text.Append('\n');

    /// <summary>Writes one line or several; each that is not empty is indented.</summary>
    public void WriteLine(string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end;
            var line = text.Substring(start, next - start).TrimEnd('\r');
            if (line.Length > 0)
            {
                for (var i = 0; i < _indent; i++)
                {
                    _text.Append(IndentUnit);
                }

                _text.Append(line);
            }

            _text.Append('\n');
            start = next + 1;
        }
    }

    public void OpenBlock(string header)
    {
        WriteLine(header);
        OpenBlock();
    }

    public void OpenBlock()
    {
        WriteLine("{");
        _indent++;
    }

    public void CloseBlock(string end = "}")
    {
        _indent--;
        WriteLine(end);
    }

    public void Indent() => _indent++;

    public void Outdent() => _indent--;

    public override string ToString() => _text.ToString();
}
