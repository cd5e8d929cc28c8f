using System.Text;

namespace Naq.Events.Generators.Parsing;

/// <summary>A piece of a template as it is written: text, or a placeholder's name and format.</summary>
/// <param name="Text">The text without escapes, or the placeholder's name.</param>
/// <param name="IsPlaceholder">Whether it is a placeholder.</param>
/// <param name="Format">The placeholder's format.</param>
/// <param name="Position">Where the text or the name begins in the template.</param>
internal readonly record struct TemplatePart(string Text, bool IsPlaceholder, string? Format, int Position);

/// <summary>Reads message templates: <c>{name}</c>, <c>{name:format}</c>, <c>{{</c> and <c>}}</c>.</summary>
internal sealed class MessageTemplate
{
    private readonly string _template;
    private readonly List<TemplatePart> _parts = [];
    private readonly StringBuilder _text = new();
    private int _position;

    private MessageTemplate(string template) => _template = template;

    /// <summary>Splits a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="error">What is wrong with it, when the result is <see langword="null"/>.</param>
    public static IReadOnlyList<TemplatePart>? Parse(string template, out string? error)
    {
        var reader = new MessageTemplate(template);
        error = reader.Read();
        return error is null ? reader._parts : null;
    }

    private string? Read()
    {
        while (_position < _template.Length)
        {
            var c = _template[_position];
            if (c is '{' or '}' && _position + 1 < _template.Length && _template[_position + 1] == c)
            {
                _text.Append(c);
                _position += 2;
            }
            else if (c == '{')
            {
                if (ReadPlaceholder() is { } error)
                {
                    return error;
                }
            }
            else if (c == '}')
            {
                return FormattableString.Invariant($"the '}}' at {_position} closes nothing; write '}}}}' for a brace");
            }
            else if (IsLoneSurrogate(_position))
            {
                return FormattableString.Invariant($"the character at {_position} is half of a surrogate pair");
            }
            else
            {
                _text.Append(c);
                _position++;
            }
        }

        EndText();
        return null;
    }

    private string? ReadPlaceholder()
    {
        var open = _position;
        var close = _template.IndexOf('}', open);
        if (close < 0)
        {
            return FormattableString.Invariant($"the '{{' at {open} is never closed; write '{{{{' for a brace");
        }

        var inner = _template.Substring(open + 1, close - open - 1);
        if (inner.IndexOf('{') >= 0)
        {
            return FormattableString.Invariant($"the '{{' at {open} is never closed; write '{{{{' for a brace");
        }

        var colon = inner.IndexOf(':');
        var name = colon < 0 ? inner : inner.Substring(0, colon);
        if (name.Length == 0)
        {
            return FormattableString.Invariant($"the placeholder at {open} has no name");
        }

        if (name.IndexOf(',') >= 0)
        {
            return FormattableString.Invariant($"the placeholder at {open} has an alignment, which messages do not support");
        }

        if (name.Any(c => !(char.IsLetterOrDigit(c) || c == '_')))
        {
            return FormattableString.Invariant($"the placeholder '{name}' at {open} is not a parameter's name");
        }

        EndText();
        _parts.Add(new TemplatePart(name, true, colon < 0 ? null : inner.Substring(colon + 1), open + 1));
        _position = close + 1;
        return null;
    }

    private void EndText()
    {
        if (_text.Length > 0)
        {
            _parts.Add(new TemplatePart(_text.ToString(), false, null, 0));
            _text.Clear();
        }
    }

    // What follows a high surrogate is skipped as its pair: the low one is looked at with its predecessor.
    private bool IsLoneSurrogate(int index)
    {
        var c = _template[index];
        return (char.IsHighSurrogate(c) && !(index + 1 < _template.Length && char.IsLowSurrogate(_template[index + 1])))
            || (char.IsLowSurrogate(c) && !(index > 0 && char.IsHighSurrogate(_template[index - 1])));
    }
}
