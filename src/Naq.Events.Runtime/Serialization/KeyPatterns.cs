using System.Buffers;
using System.Text.Unicode;

namespace Naq.Events.Serialization;

/// <summary>
/// Patterns for names of members. A <c>*</c> stands for any text; case, <c>_</c> and <c>-</c> are passed over, for one secret is
/// an <c>api_key</c> here and an <c>X-Api-Key</c> there.
/// </summary>
internal sealed class KeyPatterns
{
    private const int StackCharacters = 256;

    // Each pattern as the texts between its asterisks.
    private readonly string[][] _patterns;

    // A text of each pattern: a name that has none of them matches none. Most names are told by this one search.
    private readonly SearchValues<string>? _landmarks;

    private KeyPatterns(string[][] patterns)
    {
        _patterns = patterns;
        var landmarks = patterns.Select(static parts => parts.MaxBy(static part => part.Length)!).ToList();
        _landmarks = landmarks.Contains("") ? null : SearchValues.Create([.. landmarks], StringComparison.Ordinal);
    }

    /// <summary>The patterns, or <see langword="null"/> for none.</summary>
    public static KeyPatterns? Of(IEnumerable<string> patterns)
    {
        var parts = patterns.Select(static pattern => Fold(pattern).Split('*')).ToArray();
        return parts.Length == 0 ? null : new KeyPatterns(parts);
    }

    /// <summary>What of a pattern or a name is compared.</summary>
    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= StackCharacters ? stackalloc char[text.Length] : new char[text.Length];
        return new string(folded[..Fold(text, folded)]);
    }

    /// <summary>Whether a name matches one of the patterns.</summary>
    /// <param name="utf8">The name, unescaped.</param>
    public bool Matches(ReadOnlySpan<byte> utf8)
    {
        // No text has more characters than bytes.
        var rented = utf8.Length > StackCharacters ? ArrayPool<char>.Shared.Rent(utf8.Length) : null;
        var name = rented ?? stackalloc char[StackCharacters];
        _ = Utf8.ToUtf16(utf8, name, out _, out var length);
        var folded = name[..Fold(name[..length], name)];
        var matches = MatchesFolded(folded);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);

        return matches;
    }

    private static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var character in text)
        {
            if (character is not ('_' or '-'))
                folded[length++] = char.ToUpperInvariant(character);
        }

        return length;
    }

    private bool MatchesFolded(ReadOnlySpan<char> name)
    {
        if (_landmarks is not null && !name.ContainsAny(_landmarks))
            return false;

        foreach (var parts in _patterns)
        {
            if (Matches(parts, name))
                return true;
        }

        return false;
    }

    private static bool Matches(string[] parts, ReadOnlySpan<char> name)
    {
        var (first, last) = (parts[0], parts[^1]);
        if (parts.Length == 1)
            return name.SequenceEqual(first);

        if (name.Length < first.Length + last.Length
            || !name.StartsWith(first, StringComparison.Ordinal)
            || !name.EndsWith(last, StringComparison.Ordinal))
            return false;

        name = name[first.Length..^last.Length];
        foreach (var part in parts.AsSpan(1..^1))
        {
            var index = name.IndexOf(part, StringComparison.Ordinal);
            if (index < 0)
                return false;

            name = name[(index + part.Length)..];
        }

        return true;
    }
}
