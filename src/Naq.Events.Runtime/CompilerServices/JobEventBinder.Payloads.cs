using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>Parameters of further types, and those that take all details.</content>
public static partial class JobEventBinder
{
    /// <summary>The entry of a name, read as a payload type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="JobEventBindingException">The event does not carry it, or carries what does not fit.</exception>
    [return: NotNull]
    public static T Get<T>(JobEvent jobEvent, string name, JobEventValueRead<T> read) =>
        TryGet(jobEvent, name, read, out var value) && value is not null ? value : Missing<T>(jobEvent, name, "a value");

    /// <summary>The entry of a name, read as a payload type, or <see langword="null"/> when there is none.</summary>
    /// <typeparam name="T">The type, which may be null.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="JobEventBindingException">The event carries what does not fit.</exception>
    public static T? GetOrNull<T>(JobEvent jobEvent, string name, JobEventValueRead<T> read) =>
        TryGet(jobEvent, name, read, out var value) ? value : default;

    /// <summary>The entry of a name, read as a serializer context of the application's own says.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="typeInfo">How the context reads it.</param>
    /// <exception cref="JobEventBindingException">The event does not carry it, or carries what does not fit.</exception>
    [return: NotNull]
    public static T Get<T>(JobEvent jobEvent, string name, JsonTypeInfo<T> typeInfo) =>
        Get(jobEvent, name, (ref reader) => JsonSerializer.Deserialize(ref reader, typeInfo)!);

    /// <summary>The entry of a name, read as a serializer context says, or <see langword="null"/> when there is none.</summary>
    /// <typeparam name="T">The type, which may be null.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="typeInfo">How the context reads it.</param>
    /// <exception cref="JobEventBindingException">The event carries what does not fit.</exception>
    public static T? GetOrNull<T>(JobEvent jobEvent, string name, JsonTypeInfo<T> typeInfo) =>
        GetOrNull(jobEvent, name, (ref reader) => JsonSerializer.Deserialize(ref reader, typeInfo));

    /// <summary>The entry of a name, or, when there is none, all details, read as a payload type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="JobEventBindingException">What the event carries does not fit.</exception>
    public static T GetEntryOrDetails<T>(JobEvent jobEvent, string name, JobEventValueRead<T> read)
    {
        if (TryGet(jobEvent, name, read, out var value) && value is not null)
            return value;

        return Read(jobEvent, "details", jobEvent.Details.Utf8, read);
    }

    /// <summary>As <see cref="GetEntryOrDetails"/>, or <see langword="null"/> when the event has no details at all.</summary>
    /// <typeparam name="T">The type, which may be null.</typeparam>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="JobEventBindingException">What the event carries does not fit.</exception>
    public static T? GetEntryOrDetailsOrNull<T>(JobEvent jobEvent, string name, JobEventValueRead<T> read)
    {
        if (TryGet(jobEvent, name, read, out var value))
            return value;

        return jobEvent.Details.IsEmpty ? default : Read(jobEvent, "details", jobEvent.Details.Utf8, read);
    }

    private static bool TryGet<T>(JobEvent jobEvent, string name, JobEventValueRead<T> read, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        ArgumentNullException.ThrowIfNull(read);
        if (jobEvent.Details.TryGetValue(name, out var detail))
        {
            value = Read(jobEvent, name, JsonMarshal.GetRawUtf8Value(detail.Value), read);
            return true;
        }

        if (jobEvent.Tags.TryGetValue(name, out var tag))
        {
            value = ReadTag(jobEvent, name, tag, read);
            return true;
        }

        var found = jobEvent.Metadata.TryGetValue(name, out var entry);
        value = found ? Read(jobEvent, name, JsonMarshal.GetRawUtf8Value(entry!.Value), read) : default;
        return found;
    }

    private static T Read<T>(JobEvent jobEvent, string name, ReadOnlySpan<byte> utf8, JobEventValueRead<T> read)
    {
        var reader = new Utf8JsonReader(utf8);
        _ = reader.Read();
        try
        {
            return read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            var position = reader.TokenStartIndex;
            throw new JobEventBindingException(
                jobEvent,
                name + JsonPosition.PathOf(utf8, position),
                (exception as JobEventValueException)?.Expected ?? $"JSON of a {typeof(T).Name}",
                DescribeAt(utf8, ref reader),
                exception);
        }
    }

    // A tag is a text. A type that is written as a number has its number there, without quotes.
    private static T ReadTag<T>(JobEvent jobEvent, string name, string tag, JobEventValueRead<T> read)
    {
        var buffer = Utf8JsonBuffer.Rent();
        try
        {
            buffer.String(tag.AsSpan());
            return Read(jobEvent, name, buffer.Written, read);
        }
        catch (JobEventBindingException exception)
        {
            var plain = System.Text.Encoding.UTF8.GetBytes(tag);
            var reader = new Utf8JsonReader(plain);
            try
            {
                _ = reader.Read();
                return reader.TokenType == JsonTokenType.Number ? read(ref reader) : throw Misfit(exception.InnerException);
            }
            catch (JsonException inner)
            {
                throw new JobEventBindingException(
                    jobEvent, name, $"{exception.Expected} (in a tag, its text)", $"the tag \"{tag}\"", inner);
            }
        }
        finally
        {
            buffer.Return();
        }

        static JsonException Misfit(Exception? inner) => new("The tag's text does not fit.", inner);
    }

    private static string DescribeAt(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.EndObject)
            return "none";

        if (reader.TokenType == JsonTokenType.Null)
            return "null";

        var start = (int)Math.Min(reader.TokenStartIndex, utf8.Length - 1);
        var value = new Utf8JsonReader(utf8[start..], isFinalBlock: false, default);
        return JsonElement.TryParseValue(ref value, out var element) ? Describe(element.Value) : "no JSON";
    }
}
