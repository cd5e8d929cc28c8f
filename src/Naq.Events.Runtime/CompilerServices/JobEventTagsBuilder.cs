using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;

namespace Naq.Events.CompilerServices;

/// <summary>Puts an event's tags together: those of a dictionary, then those added, of which the last of one name counts.</summary>
/// <remarks>For generated code. The dictionary given is never changed, and is handed on as it is when nothing is added.</remarks>
/// <param name="tags">The tags to begin with.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct JobEventTagsBuilder(IReadOnlyDictionary<string, string>? tags)
{
    private readonly IReadOnlyDictionary<string, string>? _given = tags;
    private Dictionary<string, string>? _tags;

    /// <summary>Starts without tags.</summary>
    public JobEventTagsBuilder()
        : this(null)
    {
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value; <see langword="null"/> adds nothing.</param>
    public void Add(string name, string? value)
    {
        if (value is null)
            return;

        _tags ??= Copy(_given);
        _tags[name] = value;
    }

    /// <summary>Adds a tag that is <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void Add(string name, bool value) => Add(name, value ? "true" : "false");

    /// <summary>Adds a tag that is <c>true</c> or <c>false</c>, or nothing.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void Add(string name, bool? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <summary>Adds a tag, its value formatted with the invariant culture, dates and times as ISO 8601.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void Add<T>(string name, T value)
        where T : struct, ISpanFormattable => Add(name, value.ToString(TagFormat.Of<T>(), CultureInfo.InvariantCulture));

    /// <summary>Adds a tag, its value formatted with the invariant culture, dates and times as ISO 8601, or nothing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    public void Add<T>(string name, T? value)
        where T : struct, ISpanFormattable
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <summary>Adds several tags.</summary>
    /// <param name="tags">Names and values; a pair without one of them adds nothing.</param>
    public void AddRange(ReadOnlySpan<(string Name, string Value)> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name is not null)
                Add(name, value);
        }
    }

    /// <summary>The tags.</summary>
    public readonly IReadOnlyDictionary<string, string> Build() =>
        _tags ?? _given ?? ReadOnlyDictionary<string, string>.Empty;

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string>? tags)
    {
        var copy = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tags is not null)
        {
            foreach (var (name, value) in tags)
                copy[name] = value;
        }

        return copy;
    }
}
