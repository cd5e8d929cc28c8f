using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>Details of further types. What a value's own code throws does not get out of a log call.</content>
public ref partial struct JobEventWriter
{
    /// <summary>Writes a detail of a payload type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    /// <param name="write">Writes it. What it throws is marked in its place, except by a strict logger.</param>
    public void Write<T>(ReadOnlySpan<byte> name, T value, JobEventValueWrite<T> write)
    {
        if (value is null)
            return;

        var json = Detail(name);
        var start = json.Length;
        var writer = new JobEventValueWriter(
            json, PayloadLimits.LevelsInDetails, _options.MaxPayloadBytes, isLenient: !_options.Strict, _options.Redaction);
        try
        {
            write(ref writer, value);
        }
        catch (PayloadTooLargeException exception) when (!_options.Strict)
        {
            json.Truncate(start);
            json.Raw(Marker(exception.Length - start));
        }
#pragma warning disable CA1031 // A property may throw anything, and a log call often stands in a catch block.
        catch (Exception exception) when (!_options.Strict)
#pragma warning restore CA1031
        {
            json.Truncate(start);
            json.Raw("{\"naq_unwritable\":"u8);
            json.Value(JobEventText.ErrorType(exception)!);
            json.Byte((byte)'}');
        }
    }

    /// <summary>Writes a detail as a serializer context of the application's own says.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    /// <param name="typeInfo">How the context writes the type.</param>
    public void Write<T>(ReadOnlySpan<byte> name, T value, JsonTypeInfo<T> typeInfo)
    {
        if (value is not null)
            Write(name, (value, typeInfo), static (ref writer, pair) => writer.Value(pair.value, pair.typeInfo));
    }

    /// <summary>Writes a detail that is a number, a UUID, a date or a time.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    public void Write<T>(ReadOnlySpan<byte> name, T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } present)
            Detail(name).Simple(present);
    }

    /// <inheritdoc cref="Write{T}(ReadOnlySpan{byte}, T?)"/>
    public void Write<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, IUtf8SpanFormattable => Detail(name).Simple(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, Uri? value) => Write(name, value, static (ref writer, uri) => writer.Value(uri));

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, Version? value) =>
        Write(name, value, static (ref writer, version) => writer.Value(version));

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, byte[]? value) =>
        Write(name, value, static (ref writer, bytes) => writer.Value(bytes));

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, JsonElement value)
    {
        // An element that was never set throws at every touch; like null it adds nothing.
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            Write(name, value, static (ref writer, element) => writer.Value(element));
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, JsonElement? value) => Write(name, value.GetValueOrDefault());
}
