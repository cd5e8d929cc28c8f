using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>The message, written piece by piece as plain text and escaped at its end.</content>
public ref partial struct JobEventWriter
{
    /// <summary>Writes <c>message</c>, cut at <see cref="JobEventLimits.MessageBytes"/>.</summary>
    /// <param name="value">The message; nothing is written for <see langword="null"/> or an empty text.</param>
    public void Message(string? value) => Text(WireMember.Message, value, JobEventLimits.MessageBytes);

    /// <summary>Starts <c>message</c>, whose pieces follow.</summary>
    public void BeginMessage()
    {
        Member(WireMember.Message);
        BeginText();
    }

    /// <summary>Adds a literal piece.</summary>
    /// <param name="utf8">Plain text, unescaped.</param>
    public readonly void AppendLiteral(ReadOnlySpan<byte> utf8) => _json.Raw(utf8);

    /// <summary>Adds a text.</summary>
    /// <param name="value">The text; nothing for <see langword="null"/>.</param>
    public readonly void AppendFormatted(string? value) => _json.Text(value);

    /// <summary>Adds <c>True</c> or <c>False</c>, as C# formats it.</summary>
    /// <param name="value">The value.</param>
    public readonly void AppendFormatted(bool value) => _json.Raw(value ? "True"u8 : "False"u8);

    /// <summary>Adds <c>True</c> or <c>False</c>, or nothing.</summary>
    /// <param name="value">The value.</param>
    public readonly void AppendFormatted(bool? value)
    {
        if (value is { } present)
            AppendFormatted(present);
    }

    /// <summary>Adds a value, formatted with the invariant culture.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">The format; the type's own when <see langword="null"/>.</param>
    public readonly void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IUtf8SpanFormattable => _json.Formatted(value, format);

    /// <summary>Adds a value, formatted with the invariant culture, or nothing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">The format; the type's own when <see langword="null"/>.</param>
    public readonly void AppendFormatted<T>(T? value, string? format = null)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } present)
            _json.Formatted(present, format);
    }

    /// <summary>Ends <c>message</c>.</summary>
    public void EndMessage() => EndText(JobEventLimits.MessageBytes);

    private void BeginText()
    {
        _json.Byte((byte)'"');
        _textStart = _json.Length;
    }

    private readonly void EndText(int limit)
    {
        if (_options.LimitTexts && _json.Length - _textStart > limit)
        {
            ThrowIfStrict($"A text of {_json.Length - _textStart} bytes is over its limit of {limit}.");
            TextLimit.Cut(_json, _textStart, limit);
        }

        _json.EscapeFrom(_textStart);
        _json.Byte((byte)'"');
    }
}
