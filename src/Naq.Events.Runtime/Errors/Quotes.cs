namespace Naq.Events.Errors;

/// <summary>Finds quoted parts of a text, in one pass: a kind of quote that does not close is not looked for again.</summary>
internal struct Quotes
{
    private const string Opening = "\"'`“‘«";
    private const string Closing = "\"'`”’»";

    private int _unclosed;

    /// <summary>The place of the quote that closes the one at <paramref name="start"/>, or -1 when none begins there.</summary>
    public int FindEnd(ReadOnlySpan<char> text, int start)
    {
        var kind = Opening.IndexOf(text[start], StringComparison.Ordinal);
        if (kind < 0 || (_unclosed & (1 << kind)) != 0)
            return -1;

        // What is also an apostrophe quotes only where no word goes on: user's, but not 'user'.
        var closing = Closing[kind];
        var isApostrophe = closing is '\'' or '’';
        if (isApostrophe && start > 0 && char.IsLetterOrDigit(text[start - 1]))
            return -1;

        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == closing && !(isApostrophe && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])))
                return i;
        }

        _unclosed |= 1 << kind;
        return -1;
    }
}
