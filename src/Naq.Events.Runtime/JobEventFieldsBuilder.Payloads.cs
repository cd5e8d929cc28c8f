using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Naq.Events.CompilerServices;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <content>Fields of further types. Unlike a log call, making an event throws what a value's own code throws.</content>
public ref partial struct JobEventFieldsBuilder
{
    /// <summary>Adds a field of a payload type. For generated code.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="ArgumentException">The value is too deep, or larger than an event may be.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Add<T>(ReadOnlySpan<byte> name, T value, JobEventValueWrite<T> write)
    {
        if (value is null)
            return;

        ArgumentNullException.ThrowIfNull(write);
        var buffer = Name(name);
        var writer = new JobEventValueWriter(
            buffer, PayloadLimits.LevelsInDetails, JobEventLimits.EventBytes, isLenient: false, notesDynamic: true);
        try
        {
            write(ref writer, value);
            if (writer.DynamicParts is { } parts)
                (_dynamicParts ??= []).AddRange(parts);
        }
        catch (Exception exception)
        {
            _buffer = null;
            buffer.Return();
            if (exception is PayloadTooLargeException or JsonException)
                throw new ArgumentException(exception.Message, nameof(value), exception);

            throw;
        }
    }

    /// <summary>Adds a field as a serializer context of the application's own says.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    /// <param name="typeInfo">How to write it, from a source-generated context.</param>
    /// <exception cref="ArgumentException">The value is too deep.</exception>
    public void Add<T>(ReadOnlySpan<byte> name, T value, JsonTypeInfo<T> typeInfo)
    {
        if (value is not null)
            Add(name, (value, typeInfo), static (ref writer, pair) => writer.Value(pair.value, pair.typeInfo));
    }

    /// <summary>Adds a field that is a number, a UUID, a date or a time.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    public readonly void Add<T>(ReadOnlySpan<byte> name, T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } present)
            Name(name).Simple(present);
    }

    /// <inheritdoc cref="Add{T}(ReadOnlySpan{byte}, T?)"/>
    public readonly void Add<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, IUtf8SpanFormattable => Name(name).Simple(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public void Add(ReadOnlySpan<byte> name, Uri? value) => Add(name, value, static (ref writer, uri) => writer.Value(uri));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public void Add(ReadOnlySpan<byte> name, Version? value) =>
        Add(name, value, static (ref writer, version) => writer.Value(version));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public void Add(ReadOnlySpan<byte> name, byte[]? value) =>
        Add(name, value, static (ref writer, bytes) => writer.Value(bytes));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public void Add(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            Add(name, value, static (ref writer, element) => writer.Value(element));
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public void Add(ReadOnlySpan<byte> name, JsonElement? value) => Add(name, value.GetValueOrDefault());
}
