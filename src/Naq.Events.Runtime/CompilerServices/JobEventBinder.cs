using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Naq.Events.CompilerServices;

/// <summary>
/// Gives the parameters of handlers their values. An entry is looked for in details, then in tags, then in metadata.
/// For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class JobEventBinder
{
    private const string Nothing = "nothing";

    /// <summary>A field that the event must carry.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="name">The field's name on the wire.</param>
    /// <param name="jobEvent">The event.</param>
    /// <exception cref="JobEventBindingException">The event does not carry it.</exception>
    public static string Required(string? value, string name, JobEvent jobEvent) =>
        value ?? throw new JobEventBindingException(jobEvent, name, "a string", Nothing);

    /// <inheritdoc cref="Required(string?, string, JobEvent)"/>
    /// <typeparam name="T">The field's type.</typeparam>
    public static T Required<T>(T? value, string name, JobEvent jobEvent)
        where T : struct => value ?? throw new JobEventBindingException(jobEvent, name, "a number", Nothing);

    /// <summary>The event's duration.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <exception cref="JobEventBindingException">The event has none, or one beyond what a time span holds.</exception>
    public static TimeSpan GetDuration(JobEvent jobEvent) =>
        GetDurationOrNull(jobEvent) ?? throw new JobEventBindingException(jobEvent, "duration_ms", "a number", Nothing);

    /// <summary>The event's duration, or <see langword="null"/> when it has none.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <exception cref="JobEventBindingException">The duration is beyond what a time span holds.</exception>
    public static TimeSpan? GetDurationOrNull(JobEvent jobEvent)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        if (jobEvent.DurationMs is not { } milliseconds)
            return null;

        try
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new JobEventBindingException(
                jobEvent, "duration_ms", "milliseconds that a TimeSpan holds", FormattableString.Invariant($"{milliseconds}"), exception);
        }
    }

    private static T? Find<T>(JobEvent jobEvent, string name, EntryReader<T> reader)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        if (reader.Utf8 is { } readUtf8 && jobEvent.Details.TryGetJson(name, out var json) && readUtf8(json, out var plain))
            return plain;

        if (jobEvent.Details.TryGetValue(name, out var detail))
            return Read(jobEvent, name, detail.Value, reader);

        if (jobEvent.Tags.TryGetValue(name, out var tag))
        {
            return reader.TryReadText(tag, out var value)
                ? value
                : throw new JobEventBindingException(jobEvent, name, $"{reader.Expected} (in a tag, its text)", $"the tag \"{tag}\"");
        }

        return jobEvent.Metadata.TryGetValue(name, out var entry) ? Read(jobEvent, name, entry.Value, reader) : null;
    }

    private static T Read<T>(JobEvent jobEvent, string name, JsonElement element, EntryReader<T> reader)
        where T : struct =>
        reader.TryReadJson(element, out var value)
            ? value
            : throw new JobEventBindingException(jobEvent, name, reader.Expected, Describe(element));

    [DoesNotReturn]
    private static T Missing<T>(JobEvent jobEvent, string name, string expected) =>
        throw new JobEventBindingException(jobEvent, name, expected, Nothing);

    // Long values would drown the log that this text ends up in.
    private static string Describe(JsonElement element)
    {
        const int MaxLength = 60;
        var json = element.GetRawText();
        var shown = json.Length <= MaxLength ? json : string.Concat(json.AsSpan(0, MaxLength), "...");
        return element.ValueKind switch
        {
            JsonValueKind.String => $"the string {shown}",
            JsonValueKind.Number => $"the number {shown}",
            JsonValueKind.True or JsonValueKind.False => shown,
            JsonValueKind.Array => $"the array {shown}",
            _ => $"the object {shown}",
        };
    }
}
