using System.Text.Json;

namespace Naq.Events.CompilerServices;

/// <summary>Reads one type from JSON, or from the text of a tag.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="expected">What is expected, for errors.</param>
/// <param name="readJson">Reads a JSON value.</param>
/// <param name="readText">Reads text.</param>
internal sealed class EntryReader<T>(string expected, TryRead<JsonElement, T> readJson, TryRead<string, T> readText)
    where T : struct
{
    public string Expected { get; } = expected;

    /// <summary>Reads the JSON of a value where that can be done without parsing it as a document; <see langword="null"/> where it cannot.</summary>
    public TryReadUtf8<T>? Utf8 { get; init; }

    public bool TryReadJson(JsonElement element, out T value) => readJson(element, out value);

    public bool TryReadText(string text, out T value) => readText(text, out value);
}

internal delegate bool TryRead<in TSource, T>(TSource source, out T value);

internal delegate bool TryReadUtf8<T>(ReadOnlySpan<byte> json, out T value);
